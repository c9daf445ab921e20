@echo off
rem Starts ClearIce's launcher: clearice VERB name=value ...
setlocal
if defined JAVA_HOME (set "JAVA=%JAVA_HOME%\bin\java") else (set "JAVA=java")
"%JAVA%" -XX:Tier4InvocationThreshold=50000 -XX:Tier4MinInvocationThreshold=6000 -XX:Tier4CompileThreshold=150000 -XX:Tier4BackEdgeThreshold=400000 -cp "%~dp0..\lib\*" io.github.clearice.ClearIce %*
exit /b %ERRORLEVEL%
