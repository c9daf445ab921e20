/**
 * How commands are reached in ImageJ: the dialogs that ask for their parameters, macro options, the recorder, the menus
 * of an ImageJ without SciJava, and the commands that are in menus alone.
 */
package io.github.clearice.fiji.menu;
