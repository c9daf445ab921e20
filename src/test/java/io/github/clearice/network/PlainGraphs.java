package io.github.clearice.network;

import io.github.clearice.tensorflow.Device;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The tests of a class run networks as they are built: of graphs that make a few updates, simplifying takes two thirds
 * of the time. {@code SimplifiedGraphTest} compares both. Not for tests that compare the bits of networks of symmetric
 * kernels or of critics with a penalty: in plain graphs the order of sums of more than two terms is left open.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(PlainGraphs.Setting.class)
public @interface PlainGraphs {

	/** Sets the property before everything in a class and takes it back after it. */
	class Setting implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {

		@Override
		public void beforeAll(final ExtensionContext context) {
			System.setProperty(Device.SIMPLIFY, "false");
		}

		@Override
		public void beforeEach(final ExtensionContext context) {
			System.setProperty(Device.SIMPLIFY, "false");
		}

		@Override
		public void afterEach(final ExtensionContext context) {
			System.clearProperty(Device.SIMPLIFY);
		}

		@Override
		public void afterAll(final ExtensionContext context) {
			System.clearProperty(Device.SIMPLIFY);
		}
	}
}
