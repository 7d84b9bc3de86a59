/*
 * Fills the list of proposals of a field when the field is entered, or when a field that it depends on was changed since.
 * Listens at the document, because forms are added to a page at any time.
 */
(function () {
    if (window.amiDeployProposals) {
        return;
    }
    window.amiDeployProposals = true;

    function parameters(field) {
        const parameters = new URLSearchParams();
        const names = (field.dataset.proposalsDependOn || "").split(" ");
        for (const name of names.filter((name) => name !== "")) {
            const other = findNearBy(field, name);
            parameters.set(name.split("/").pop(), other === null ? "" : other.value);
        }
        return parameters;
    }

    function show(field, entries) {
        const list = document.getElementById(field.getAttribute("list"));
        list.textContent = "";
        for (const entry of entries) {
            if (entry.value !== "") {
                const option = document.createElement("option");
                option.value = entry.value;
                option.label = entry.name;
                list.appendChild(option);
            }
        }
        say(field, entries.filter((entry) => entry.value === "").map((entry) => entry.name).join(" "));
    }

    function say(field, text) {
        field.closest(".setting-main").querySelector("[role=status]").textContent = text;
    }

    function fill(field) {
        const wanted = parameters(field).toString();
        if (field.dataset.proposalsFor === wanted) {
            return;
        }
        field.dataset.proposalsFor = wanted;
        fetch(field.dataset.proposalsUrl, {
            method: "post",
            headers: crumb.wrap({ "Content-Type": "application/x-www-form-urlencoded" }),
            body: wanted,
        })
            .then((response) => (response.ok ? response.json() : Promise.reject(new Error(response.statusText))))
            .then((model) => {
                if (field.dataset.proposalsFor !== wanted) {
                    return;
                }
                show(field, model.values);
                if (!model.values.some((entry) => entry.value !== "")) {
                    delete field.dataset.proposalsFor; // asked again the next time
                }
            })
            .catch((error) => {
                delete field.dataset.proposalsFor;
                say(field, error.message);
            });
    }

    document.addEventListener("change", () => {
        document.querySelectorAll("input.ami-deploy-proposals").forEach((field) => say(field, ""));
    });

    document.addEventListener("focusin", (event) => {
        if (event.target.matches("input.ami-deploy-proposals")) {
            fill(event.target);
        }
    });
})();
