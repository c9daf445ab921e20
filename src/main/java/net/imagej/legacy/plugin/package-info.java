/** The interface of imagej-legacy that readers of files implement; for compiling alone. */
package net.imagej.legacy.plugin;
