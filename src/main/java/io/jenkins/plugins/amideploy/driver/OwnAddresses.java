package io.jenkins.plugins.amideploy.driver;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.ArrayList;
import java.util.Collections;
import jenkins.security.MasterToSlaveCallable;

/** The addresses of the network interfaces of an agent, without those that only the agent itself can reach. */
final class OwnAddresses extends MasterToSlaveCallable<ArrayList<String>, IOException> {
    private static final long serialVersionUID = 1L;

    @Override
    public ArrayList<String> call() throws IOException {
        ArrayList<String> addresses = new ArrayList<>();
        for (NetworkInterface network : Collections.list(NetworkInterface.getNetworkInterfaces())) {
            if (network.isUp() && !network.isLoopback()) {
                for (InetAddress address : Collections.list(network.getInetAddresses())) {
                    if (!address.isLinkLocalAddress()) {
                        addresses.add(address.getHostAddress().replaceFirst("%.*", ""));
                    }
                }
            }
        }
        return addresses;
    }
}
