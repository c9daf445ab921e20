@echo off
rem Starts ClearIce's launcher: clearice VERB name=value ...
setlocal
if defined JAVA_HOME (set "JAVA=%JAVA_HOME%\bin\java") else (set "JAVA=java")
"%JAVA%" -cp "%~dp0..\lib\*" io.github.clearice.ClearIce %*
exit /b %ERRORLEVEL%
