/** The window that shows a training while it runs, and tells it to stop. It hears of it as any listener does. */
package io.github.clearice.fiji.ui;
