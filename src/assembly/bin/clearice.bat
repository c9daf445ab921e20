@echo off
rem Starts ClearIce's launcher: clearice VERB name=value ...
setlocal
rem Where this file is; shift changes %0.
set "HERE=%~dp0"
rem memory= is for Java's start. Here, an equals sign separates words.
set "HEAP="
:words
if "%~1"=="" goto start
if /i "%~1"=="memory" echo %~2| findstr /r /i "^[0-9][0-9]*[mg]$" >nul && set "HEAP=-Xmx%~2"
shift
goto words
:start
if defined JAVA_HOME (set "JAVA=%JAVA_HOME%\bin\java") else (set "JAVA=java")
"%JAVA%" %HEAP% -XX:Tier4InvocationThreshold=50000 -XX:Tier4MinInvocationThreshold=6000 -XX:Tier4CompileThreshold=150000 -XX:Tier4BackEdgeThreshold=400000 -cp "%HERE%..\lib\*" io.github.clearice.ClearIce %*
exit /b %ERRORLEVEL%
