package io.jenkins.plugins.amideploy.core.cfn;

/** Templates as people write them. */
final class Templates {
    static final String ROLLING = """
            UpdatePolicy:
              AutoScalingRollingUpdate:
                MinInstancesInService: 4
                MaxBatchSize: 2
                PauseTime: PT10M
                WaitOnResourceSignals: true
            """;
    static final String REPLACING = """
            UpdatePolicy:
              AutoScalingReplacingUpdate:
                WillReplace: true
            CreationPolicy:
              ResourceSignal:
                Count: 6
                Timeout: PT15M
            """;
    static final String REFRESH = """
            UpdatePolicy:
              AutoScalingInstanceRefresh:
                Strategy: Rolling
                Preferences:
                  MinHealthyPercentage: 50
                  InstanceWarmup: 30
            """;
    static final String FROM_TEMPLATE = """
            LaunchTemplate:
              LaunchTemplateId: !Ref WebTemplate
              Version: !GetAtt WebTemplate.LatestVersionNumber
            """;
    static final String FROM_CONFIGURATION = "LaunchConfigurationName: !Ref WebConfiguration\n";
    static final String MIXED = """
            MixedInstancesPolicy:
              LaunchTemplate:
                LaunchTemplateSpecification:
                  LaunchTemplateId: !Ref WebTemplate
                  Version: !Sub '${WebTemplate.LatestVersionNumber}'
            """;

    private Templates() {}

    /** Six instances from that source under that policy. */
    static String web(String policy, String source) {
        return HEAD + """
                  WebGroup:
                    Type: AWS::AutoScaling::AutoScalingGroup
                """ + policy.indent(4) + """
                    Properties:
                      AvailabilityZones: !GetAZs ''
                      MinSize: '2'
                      DesiredCapacity: '6'
                      MaxSize: !Ref Most
                """ + source.indent(6) + TAIL;
    }

    static String web() {
        return web(ROLLING, FROM_TEMPLATE);
    }

    private static final String HEAD = """
            AWSTemplateFormatVersion: '2010-09-09'
            Parameters:
              Image:
                Type: AWS::EC2::Image::Id
              Most:
                Type: Number
                Default: '8'
              Topic:
                Type: String
                Default: news
            Resources:
              WebTemplate:
                Type: AWS::EC2::LaunchTemplate
                Properties:
                  LaunchTemplateData:
                    ImageId: !Ref Image
                    InstanceType: t3.small
              WebConfiguration:
                Type: AWS::AutoScaling::LaunchConfiguration
                Properties:
                  ImageId: !Sub '${Image}'
                  InstanceType: t3.small
            """;
    private static final String TAIL = """
              News:
                Type: AWS::SNS::Topic
                Properties:
                  TopicName: !Ref Topic
            Outputs:
              Group:
                Value: !Ref WebGroup
            """;

    /** A stack around another one that has the group. */
    static String around(String url) {
        return """
                Parameters:
                  Image:
                    Type: AWS::EC2::Image::Id
                Resources:
                  Web:
                    Type: AWS::CloudFormation::Stack
                    Properties:
                      TemplateURL: %s
                      Parameters:
                        Image: !Ref Image
                Outputs:
                  Group:
                    Value: !GetAtt Web.Outputs.Group
                """.formatted(url);
    }
}
