package dev.partita.cases.docs;

import dev.partita.cli.Main;
import java.lang.reflect.Constructor;
import java.util.Arrays;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/** The commands as picocli knows them, to be asked and never run. */
final class CommandModel {

    private CommandModel() {}

    static CommandLine commandLine() {
        return new CommandLine(Main.class, new WithoutConsole()).setCaseInsensitiveEnumValuesAllowed(true);
    }

    /** Commands want a console to speak to; one that is only asked for its options never does. */
    private static final class WithoutConsole implements IFactory {

        private final IFactory others = CommandLine.defaultFactory();

        @Override
        public <K> K create(Class<K> type) throws Exception {
            Optional<Constructor<?>> console = Arrays.stream(type.getDeclaredConstructors())
                    .filter(constructor -> constructor.getParameterCount() == 1
                            && constructor
                                    .getParameterTypes()[0]
                                    .getSimpleName()
                                    .equals("Console"))
                    .findFirst();
            if (console.isEmpty()) {
                return others.create(type);
            }
            console.get().setAccessible(true);
            return type.cast(console.get().newInstance((Object) null));
        }
    }
}
