package io.jenkins.plugins.amideploy.core.cfn;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import software.amazon.awssdk.services.cloudformation.model.ParameterDeclaration;
import software.amazon.awssdk.services.cloudformation.model.Stack;

/** Which parameter takes the image, and where the others have their values from. */
final class TemplateParameters {
    private static final String IMAGE = "AWS::EC2::Image::Id";
    /** Holds the name of a Systems Manager parameter, which holds the image. */
    private static final String STORED_IMAGE = "AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>";

    private final CfnRequest request;
    private final Optional<Stack> stack;
    private final List<String> problems;
    private final Set<String> previous = new TreeSet<>();
    private String amiParameter = "";
    private String amiValue = "";

    TemplateParameters(CfnRequest request, Optional<Stack> stack, List<String> problems) {
        this.request = request;
        this.stack = stack;
        this.problems = problems;
    }

    void match(List<ParameterDeclaration> declared) {
        Map<String, ParameterDeclaration> all = new TreeMap<>();
        declared.forEach(parameter -> all.put(parameter.parameterKey(), parameter));
        request.parameters().keySet().stream()
                .filter(name -> !all.containsKey(name))
                .forEach(name -> problems.add("parameters: the template has no parameter " + name));
        choose(all);
        all.values().forEach(this::value);
    }

    String amiParameter() {
        return amiParameter;
    }

    String amiValue() {
        return amiValue;
    }

    Set<String> previous() {
        return previous;
    }

    private void choose(Map<String, ParameterDeclaration> all) {
        List<String> images = all.values().stream()
                .filter(p ->
                        p.parameterType().equals(IMAGE) || p.parameterType().equals(STORED_IMAGE))
                .map(ParameterDeclaration::parameterKey)
                .toList();
        if (!request.amiParameter().isEmpty()) {
            amiParameter = request.amiParameter();
        } else if (images.size() == 1) {
            amiParameter = images.get(0);
        } else {
            problems.add(
                    images.isEmpty()
                            ? "amiParameter: the template has no parameter of type " + IMAGE + " or " + STORED_IMAGE
                                    + "; name the one that takes the image"
                            : "amiParameter: several parameters of the template take an image, "
                                    + String.join(", ", images) + "; name one of them");
            return;
        }
        ParameterDeclaration chosen = all.get(amiParameter);
        if (chosen == null) {
            problems.add("amiParameter: the template has no parameter " + amiParameter);
        } else if (request.parameters().containsKey(amiParameter)) {
            problems.add("parameters: " + amiParameter + " takes the image; leave it to ami");
        } else {
            amiValue = amiValue(chosen);
        }
    }

    /** A parameter that takes the name of a stored image keeps it where the image itself was asked for. */
    private String amiValue(ParameterDeclaration chosen) {
        boolean stored = chosen.parameterType().startsWith("AWS::SSM::Parameter::Value");
        if (stored == !request.namesImage()) {
            return request.ami();
        }
        if (!stored) {
            problems.add("ami: '" + request.ami() + "' is not an image id, which the parameter " + amiParameter
                    + " of type " + chosen.parameterType() + " takes");
            return "";
        }
        Optional<String> name = stack.flatMap(s -> Surveyor.value(s, amiParameter))
                .or(() -> Optional.ofNullable(chosen.defaultValue()));
        if (name.isEmpty()) {
            problems.add("ami: the parameter " + amiParameter + " takes the name of a Systems Manager parameter that"
                    + " holds the image; give that name");
        }
        return name.orElse("");
    }

    private void value(ParameterDeclaration parameter) {
        String name = parameter.parameterKey();
        if (name.equals(amiParameter) || request.parameters().containsKey(name)) {
            return;
        }
        if (stack.flatMap(s -> Surveyor.value(s, name)).isPresent()) {
            previous.add(name);
        } else if (parameter.defaultValue() == null) {
            problems.add("parameters: the template's parameter " + name + " has neither a default nor a value yet");
        }
    }
}
