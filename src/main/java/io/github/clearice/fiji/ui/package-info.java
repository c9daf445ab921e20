/** The window that shows a training while it runs and can stop it. It is a listener of the training. */
package io.github.clearice.fiji.ui;
