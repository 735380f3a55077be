using Rates.Testing;
using YamlDotNet.RepresentationModel;

namespace Rates.Deploy.Tests;

/// <summary>The compose file for Redis.</summary>
public sealed class ComposeTests
{
    private static readonly string File = Path.Combine(Repository.Root, "docker-compose.redis.yml");
    private static readonly YamlMappingNode Root = KubernetesTests.Yaml(File);

    [Fact]
    public void Secrets_come_from_files_because_compose_refuses_others_for_a_read_only_container()
    {
        var secrets = (YamlMappingNode)Root["secrets"];

        Assert.NotEmpty(secrets.Children);
        Assert.All(secrets.Children, secret => Assert.Equal(["file"], Names((YamlMappingNode)secret.Value)));
    }

    [Fact]
    public void Every_secret_that_a_service_uses_is_defined_and_every_setting_is_known()
    {
        var defined = Names((YamlMappingNode)Root["secrets"]);
        foreach (var (name, service) in (YamlMappingNode)Root["services"])
        {
            var members = (YamlMappingNode)service;
            Assert.All((YamlSequenceNode)members["secrets"], secret => Assert.Contains(secret.ToString(), defined));
            if (name.ToString() != "redis")
            {
                Assert.Equal("true", members["read_only"].ToString());
                Assert.All(
                    Names((YamlMappingNode)members["environment"]).Where(one => one.StartsWith("Rates__", StringComparison.Ordinal)),
                    one => Assert.True(SettingNames.IsKnown(one), one));
            }
        }
    }

    [Fact]
    public void Channels_run_only_where_their_profile_is_asked_for_and_are_published_at_the_port_that_they_listen_at()
    {
        var services = (YamlMappingNode)Root["services"];
        var channels = (YamlMappingNode)services["channels"];

        Assert.Equal(["channels"], ((YamlSequenceNode)channels["profiles"]).Select(one => one.ToString()));
        Assert.All(
            services.Children.Where(service => service.Key.ToString() != "channels"),
            service => Assert.DoesNotContain("profiles", Names((YamlMappingNode)service.Value)));
        var port = new Uri(channels["environment"]["Rates__Channels__typed__Address"].ToString()).Port;
        Assert.Equal([$"127.0.0.1:{port}:{port}"], ((YamlSequenceNode)channels["ports"]).Select(one => one.ToString()));
    }

    [Fact]
    public void The_least_version_of_compose_is_named() =>
        Assert.Contains("Docker Compose 2.23.1 or newer", System.IO.File.ReadAllText(File), StringComparison.Ordinal);

    private static string[] Names(YamlMappingNode node) => [.. node.Children.Keys.Select(name => name.ToString())];
}
