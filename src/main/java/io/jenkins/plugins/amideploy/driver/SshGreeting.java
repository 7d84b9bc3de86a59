package io.jenkins.plugins.amideploy.driver;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import jenkins.security.MasterToSlaveCallable;

/**
 * Connects from an agent to an SSH server and reads its greeting, which RFC 4253, section 4.2, has begin with
 * {@value #PROTOCOL}; returns why there was none where there was none.
 */
final class SshGreeting extends MasterToSlaveCallable<String, IOException> {
    static final String PROTOCOL = "SSH-";

    private static final long serialVersionUID = 1L;
    private static final int PATIENCE = 5_000;
    /** The longest greeting that the protocol allows. */
    private static final int LONGEST = 255;

    private final String host;
    private final int port;

    SshGreeting(String host, int port) {
        this.host = host;
        this.port = port;
    }

    @Override
    public String call() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), PATIENCE);
            socket.setSoTimeout(PATIENCE);
            String line = line(socket.getInputStream());
            return line.startsWith(PROTOCOL) ? line : "what answers there is no SSH server";
        } catch (SocketTimeoutException e) {
            return "no answer within " + PATIENCE / 1000 + " s";
        } catch (UnknownHostException e) {
            return "its name is not known";
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next >= 0 && next != '\n' && line.length() < LONGEST; next = in.read()) {
            line.append(next >= ' ' && next <= '~' ? (char) next : ' ');
        }
        return line.toString().strip();
    }
}
