package dev.partita.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** The command {@code partita}. */
@Command(
        name = "partita",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        description = "Keeps large PostgreSQL tables partitioned: declare, see the plan, apply.")
public final class Main implements Runnable {

    /** Runs one command and exits with its code. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new Main()).execute(args));
    }

    @Override
    public void run() {
        CommandLine.usage(this, System.out);
    }

    /** The version that the build wrote into the jar's manifest. */
    static final class Version implements IVersionProvider {

        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {"partita " + (version == null ? "(not packaged)" : version)};
        }
    }
}
