/* Labels the list of credentials, for those who cannot see what stands above it. */
Behaviour.specify(".ami-deploy-credentials select", "ami-deploy-credentials", 0, function (select) {
    select.setAttribute("aria-label", select.closest(".ami-deploy-credentials").dataset.label);
});
