package dev.partita.cli.connection;

import dev.partita.problem.PartitaException;
import dev.partita.problem.Problem;
import dev.partita.problem.ProblemCode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One server of a target.
 *
 * @param name a DNS name or an address; IPv6 without brackets
 * @param port from 1 to 65535
 */
public record Host(String name, int port) {

    /** What may stand in a JDBC URL without meaning something else there. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]+|(?=.*:.*:)[0-9A-Fa-f:.]+(%[A-Za-z0-9._-]+)?");

    private static final Pattern LOOPBACK =
            Pattern.compile("(?i)localhost|127(\\.[0-9]{1,3}){3}|::1|(0{1,4}:){7}0{0,3}1");

    public Host {
        if (!NAME.matcher(name).matches() || port < 1 || port > 65_535) {
            throw new IllegalArgumentException("not a host and port");
        }
    }

    /**
     * The servers that two lists name; one port may stand for all.
     *
     * @throws PartitaException when a name or port cannot be, the lists do not match, or a name is a socket's folder
     */
    static List<Host> of(Settings settings) {
        String nameOrigin = settings.origin(Setting.HOST);
        String portOrigin = settings.origin(Setting.PORT);
        String[] names = settings.value(Setting.HOST).orElse("localhost").split(",", -1);
        String[] ports = settings.value(Setting.PORT).orElse("5432").split(",", -1);
        if (ports.length != 1 && ports.length != names.length) {
            throw invalid(
                    portOrigin,
                    "there are " + ports.length + " ports for " + names.length + " hosts",
                    "give one port for all hosts, or one for each");
        }
        List<Host> hosts = new ArrayList<>();
        for (int i = 0; i < names.length; i++) {
            String port = ports[ports.length == 1 ? 0 : i].strip();
            hosts.add(new Host(name(names[i].strip(), nameOrigin), port(port, portOrigin)));
        }
        return List.copyOf(hosts);
    }

    private static String name(String text, String origin) {
        if (text.isEmpty()) {
            return "localhost";
        }
        if (text.startsWith("/") || text.startsWith("@")) {
            throw new PartitaException(Problem.of(
                    ProblemCode.UNIX_SOCKET_UNSUPPORTED,
                    origin,
                    "the host is a folder of Unix sockets, and the PostgreSQL driver for Java speaks TCP only",
                    "use localhost, and let listen_addresses of the server contain it",
                    "where the socket's peer login was used: give the role a password, kept in ~/.pgpass"));
        }
        if (!NAME.matcher(text).matches()) {
            throw invalid(
                    origin,
                    "a host is not a name or an address",
                    "a name has letters, digits, - and .; a name beyond ASCII is written in its xn-- form");
        }
        return text;
    }

    private static int port(String text, String origin) {
        if (text.isEmpty()) {
            return 5432;
        }
        if (text.matches("[0-9]{1,5}")) {
            int port = Integer.parseInt(text);
            if (port >= 1 && port <= 65_535) {
                return port;
            }
        }
        throw invalid(origin, "a port is not a number from 1 to 65535", "the port of PostgreSQL is 5432 as a rule");
    }

    private static PartitaException invalid(String origin, String message, String wayOut) {
        return new PartitaException(Problem.of(ProblemCode.CONNECTION_STRING_INVALID, origin, message, wayOut));
    }

    /** Whether what is said to this host stays on this machine. */
    boolean local() {
        return LOOPBACK.matcher(name).matches();
    }

    /** {@code name:port}, with brackets around an IPv6 address. */
    @Override
    public String toString() {
        return (name.indexOf(':') >= 0 ? "[" + name + "]" : name) + ":" + port;
    }
}
