package io.github.clearice.cli;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;

/** The signal of Ctrl-C, which Java does not hear a second time while it is about to end. */
final class InterruptSignal {

	/** The exit code of a program ended by Ctrl-C. */
	private static final int INTERRUPTED = 130;

	private InterruptSignal() {}

	/**
	 * Lets the next Ctrl-C end this process without waiting for anything.
	 *
	 * @return whether this Java can do that
	 */
	static boolean endsAtOnce() {
		final InvocationHandler end = (proxy, method, arguments) -> {
			if (method.getName().equals("handle")) Runtime.getRuntime().halt(INTERRUPTED);
			return null;
		};
		try {
			// By name: a call of this class makes a compiler warning that cannot be switched off.
			final Class<?> signal = Class.forName("sun.misc.Signal"), handler = Class.forName("sun.misc.SignalHandler");
			signal.getMethod("handle", signal, handler).invoke(null, signal.getConstructor(String.class).newInstance("INT"),
				Proxy.newProxyInstance(InterruptSignal.class.getClassLoader(), new Class<?>[] { handler }, end));
			return true;
		}
		catch (final ReflectiveOperationException | IllegalArgumentException e) {
			return false;
		}
	}
}
