package io.jenkins.plugins.amideploy.driver;

import hudson.Extension;
import hudson.model.Item;
import hudson.model.listeners.ItemListener;

/** Tells the deployments when jobs have been loaded, and when one has got another name. */
@Extension
public final class JobWatcher extends ItemListener {
    @Override
    public void onLoaded() {
        Deployments.get().resume();
    }

    @Override
    public void onLocationChanged(Item item, String oldFullName, String newFullName) {
        Deployments.get().moved(oldFullName, newFullName);
        ImageBuilds.get().moved(oldFullName, newFullName);
        LeasePlaces.get().moved(oldFullName, newFullName);
    }
}
