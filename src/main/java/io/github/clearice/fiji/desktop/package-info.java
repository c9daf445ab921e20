/** ImageJ as the desktop of the commands: open images for them, and windows for what they made. */
package io.github.clearice.fiji.desktop;
