package dev.partita.cases.tap;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** What is done in place of a method, or before and after it. */
@FunctionalInterface
interface Around {

    Object call(Call call, String name, Object[] arguments) throws Throwable;

    /** The method itself. */
    @FunctionalInterface
    interface Call {
        Object run() throws Throwable;
    }

    /** The same, with this around each method. */
    static <T> T each(Class<T> type, T real, Around around) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, nullable) -> {
                    Object[] arguments = nullable == null ? new Object[0] : nullable;
                    Call call = () -> {
                        try {
                            return method.invoke(real, arguments);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    };
                    return around.call(call, method.getName(), arguments);
                }));
    }
}
