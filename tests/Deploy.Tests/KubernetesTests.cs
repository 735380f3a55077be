using k8s;
using k8s.Models;
using Rates.Testing;
using YamlDotNet.RepresentationModel;

namespace Rates.Deploy.Tests;

/// <summary>
/// The manifests in <c>deploy/kubernetes</c>, read by the client library's own types: a name that the API does not know fails.
/// </summary>
public sealed class KubernetesTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "deploy", "kubernetes");

    private static readonly IReadOnlyList<object> All =
    [
        .. Directory.EnumerateFiles(Folder, "*.yaml").Where(file => Path.GetFileName(file) != "kustomization.yaml")
            .Order(StringComparer.Ordinal)
            .SelectMany(file => KubernetesYaml.LoadAllFromString(File.ReadAllText(file), typeMap: null, strict: true)),
    ];

    public static TheoryData<string> Programs => ["api", "channels", "worker"];

    [Fact]
    public void Every_manifest_is_of_a_kind_and_form_that_the_api_knows()
    {
        Assert.Equal(
            ["ConfigMap", "Deployment", "Deployment", "Deployment", "HorizontalPodAutoscaler", "Namespace", "NetworkPolicy",
                "NetworkPolicy", "NetworkPolicy", "NetworkPolicy", "PodDisruptionBudget", "PodDisruptionBudget", "PodDisruptionBudget",
                "Service", "Service"],
            All.Select(one => ((IKubernetesObject)one).Kind).Order(StringComparer.Ordinal));
        Assert.Throws<YamlDotNet.Core.YamlException>(
            () => KubernetesYaml.LoadAllFromString("apiVersion: v1\nkind: Service\nspec: { prots: [] }", typeMap: null, strict: true));
    }

    [Fact]
    public void Kustomization_lists_every_file_and_every_image()
    {
        var root = Yaml(Path.Combine(Folder, "kustomization.yaml"));
        Assert.Equal(
            Directory.EnumerateFiles(Folder, "*.yaml").Select(file => Path.GetFileName(file)!).Where(name => name != "kustomization.yaml")
                .Order(StringComparer.Ordinal),
            ((YamlSequenceNode)root["resources"]).Select(name => name.ToString()).Order(StringComparer.Ordinal));
        Assert.Equal(
            All.OfType<V1Deployment>().Select(one => one.Spec.Template.Spec.Containers[0].Image).Order(StringComparer.Ordinal),
            ((YamlSequenceNode)root["images"]).Select(image => image["name"].ToString()).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public void Nothing_runs_as_root_or_writes_into_the_image(string program)
    {
        var pod = Deployment(program).Spec.Template.Spec;
        var container = Assert.Single(pod.Containers);

        Assert.True(pod.SecurityContext.RunAsNonRoot);
        Assert.Equal("RuntimeDefault", pod.SecurityContext.SeccompProfile.Type);
        Assert.False(pod.AutomountServiceAccountToken);
        Assert.True(container.SecurityContext.ReadOnlyRootFilesystem);
        Assert.False(container.SecurityContext.AllowPrivilegeEscalation);
        Assert.Equal(["ALL"], container.SecurityContext.Capabilities.Drop);
        Assert.NotNull(container.Resources.Limits["memory"]);
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public void Secrets_are_files_that_settings_name(string program)
    {
        var pod = Deployment(program).Spec.Template.Spec;
        var secrets = pod.Volumes.Where(volume => volume.Secret is not null).Select(volume => volume.Name).ToList();
        var paths = pod.Containers[0].VolumeMounts.Where(mount => secrets.Contains(mount.Name)).Select(mount => mount.MountPath);
        var named = Settings(program).Where(setting => setting.Key.EndsWith("File", StringComparison.Ordinal))
            .Select(setting => setting.Value);

        Assert.Equal(paths.Select(path => $"{path}/password").Order(StringComparer.Ordinal), named.Order(StringComparer.Ordinal));
        Assert.DoesNotContain(pod.Containers[0].Env, variable => variable.ValueFrom?.SecretKeyRef is not null);
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public void Every_setting_is_one_that_the_programs_know(string program)
    {
        var settings = Settings(program).Keys.Where(name => name.StartsWith("Rates__", StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(settings);
        Assert.All(settings, name => Assert.True(SettingNames.IsKnown(name), name));
    }

    [Theory]
    [InlineData("api", "ASPNETCORE_URLS")]
    [InlineData("channels", "ASPNETCORE_URLS", "Rates__Channels__typed__Address")]
    [InlineData("worker", "Rates__Telemetry__Listen")]
    public void Probes_and_policies_use_the_ports_that_the_program_listens_at(string program, params string[] settings)
    {
        var container = Deployment(program).Spec.Template.Spec.Containers[0];
        var port = container.Ports[0];
        var policy = All.OfType<V1NetworkPolicy>().Single(one => one.Metadata.Name == $"rates-{program}");

        Assert.Equal(
            container.Ports.Select(one => one.ContainerPort),
            settings.Select(name => new Uri(Settings(program)[name].Replace('+', 'a')).Port));
        Assert.Equal(
            container.Ports.Select(one => $"{one.ContainerPort}"), policy.Spec.Ingress.Single().Ports.Select(one => one.Port.Value));
        foreach (var (probe, path) in new[]
        {
            (container.ReadinessProbe, "/health/ready"), (container.LivenessProbe, "/health/live"),
        })
        {
            Assert.Equal((path, port.Name), (probe.HttpGet.Path, probe.HttpGet.Port.Value));
        }

        Assert.StartsWith("/health/", container.StartupProbe.HttpGet.Path, StringComparison.Ordinal);
    }

    [Fact]
    public void What_selects_pods_selects_those_that_there_are()
    {
        foreach (var program in Programs.Select(row => row.Data))
        {
            var deployment = Deployment(program);
            var labels = deployment.Spec.Template.Metadata.Labels;
            Assert.All(deployment.Spec.Selector.MatchLabels, label => Assert.Equal(label.Value, labels[label.Key]));
            Assert.All(
                All.OfType<V1PodDisruptionBudget>().Single(one => one.Metadata.Name == $"rates-{program}").Spec.Selector.MatchLabels,
                label => Assert.Equal(label.Value, labels[label.Key]));
            Assert.All(
                All.OfType<V1NetworkPolicy>().Single(one => one.Metadata.Name == $"rates-{program}").Spec.PodSelector.MatchLabels,
                label => Assert.Equal(label.Value, labels[label.Key]));
        }

        Assert.All(All.OfType<V1Service>(), service =>
        {
            var pod = Deployment(service.Metadata.Name["rates-".Length..]).Spec.Template;
            Assert.All(service.Spec.Selector, label => Assert.Equal(label.Value, pod.Metadata.Labels[label.Key]));
            Assert.All(service.Spec.Ports, port => Assert.Contains(pod.Spec.Containers[0].Ports, one => one.Name == port.TargetPort.Value));
        });
        Assert.Equal("rates-api", All.OfType<V2HorizontalPodAutoscaler>().Single().Spec.ScaleTargetRef.Name);
        Assert.Null(Deployment("api").Spec.Replicas);
    }

    [Fact]
    public void Without_a_rule_nothing_talks()
    {
        var rest = All.OfType<V1NetworkPolicy>().Single(policy => policy.Metadata.Name == "rates-default").Spec;

        Assert.Empty(rest.PodSelector.MatchLabels ?? new Dictionary<string, string>());
        Assert.Equal(["Ingress", "Egress"], rest.PolicyTypes);
        Assert.Null(rest.Ingress);
        Assert.Null(rest.Egress);
    }

    internal static YamlMappingNode Yaml(string path)
    {
        var stream = new YamlStream();
        using var text = new StreamReader(path);
        stream.Load(text);
        return (YamlMappingNode)stream.Documents.Single().RootNode;
    }

    private static V1Deployment Deployment(string program) =>
        All.OfType<V1Deployment>().Single(one => one.Metadata.Name == $"rates-{program}");

    private static Dictionary<string, string> Settings(string program) => All.OfType<V1ConfigMap>().Single().Data
        .Concat(Deployment(program).Spec.Template.Spec.Containers[0].Env.Select(one => KeyValuePair.Create(one.Name, one.Value)))
        .ToDictionary();
}
