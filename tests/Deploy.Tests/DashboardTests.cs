using System.Text.Json;
using System.Text.RegularExpressions;
using Rates.Testing;
using YamlDotNet.RepresentationModel;

namespace Rates.Deploy.Tests;

/// <summary>
/// The dashboard and the alert rules name only metrics, labels and keys that are documented. That these exist is tested with running
/// programs, which the pages of the documentation are compared with.
/// </summary>
public sealed partial class DashboardTests
{
    // Labels of Prometheus itself and of every metric.
    private static readonly string[] Everywhere = ["job", "instance", "le", "otel_scope_name"];

    // Metrics that appear only when there is something to count, and those of the platform.
    private static readonly Dictionary<string, string[]> Occasional = new(StringComparer.Ordinal)
    {
        ["rates_alerts_sent_total"] = ["rates_alert_channel", "rates_alert_result"],
        ["rates_webhook_posts_total"] = ["rates_webhook_name", "rates_webhook_result"],
        ["rates_webhook_given_up_total"] = ["rates_webhook_name"],
        ["rates_clock_steps_total"] = [],
        ["http_server_request_duration_seconds"] = ["http_route"],
        ["dotnet_process_memory_working_set_bytes"] = [],
    };

    private static readonly Dictionary<string, string[]> Documented = MetricPage.Read();

    public static TheoryData<string> Expressions => [.. Queries()];

    [Theory]
    [MemberData(nameof(Expressions))]
    public void An_expression_uses_metrics_and_labels_that_there_are(string expression)
    {
        var used = MetricPattern().Matches(LabelPattern().Replace(expression, " ")).Select(match => match.Value).Distinct().ToList();
        Assert.NotEmpty(used);
        HashSet<string> labels = [.. Everywhere];
        foreach (var metric in used)
        {
            var name = Documented.ContainsKey(metric) ? metric : HistogramEnd().Replace(metric, "");
            var known = Documented.GetValueOrDefault(name) ?? Occasional.GetValueOrDefault(name);
            Assert.True(known is not null, $"{metric} is not in docs/watching.md");
            labels.UnionWith(known);
        }

        Assert.All(
            LabelPattern().Matches(expression).SelectMany(match => match.Groups["labels"].Value.Split(',', StringSplitOptions.TrimEntries))
                .Select(label => label.Split('=', '~', '!')[0].Trim()).Where(label => label.Length > 0),
            label => Assert.Contains(label, labels));
    }

    [Fact]
    public void Every_key_of_a_panel_is_documented_with_the_type_that_its_command_reads()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "redis.md"));
        List<string> keys = [];
        foreach (var target in Targets().Where(target => target.TryGetProperty("keyName", out _)))
        {
            var key = target.GetProperty("keyName").GetString()!.Replace("$provider", "<provider>", StringComparison.Ordinal);
            var type = target.GetProperty("command").GetString() switch
            {
                "hgetall" => "hash",
                "xrevrange" => "stream",
                "zrange" => "sorted set",
                var other => throw new InvalidOperationException($"{other} is not known to this test"),
            };
            keys.Add(key);
            Assert.Contains($"| `{key}` | {type} |", page, StringComparison.Ordinal);
        }

        Assert.Equal(5, keys.Count);
        Assert.Contains("hkeys {rates}:index", File.ReadAllText(Dashboard), StringComparison.Ordinal);
    }

    [Fact]
    public void Panels_have_numbers_of_their_own_and_do_not_lie_on_each_other()
    {
        var panels = JsonDocument.Parse(File.ReadAllText(Dashboard)).RootElement.GetProperty("panels").EnumerateArray().ToList();

        Assert.Equal(panels.Count, panels.Select(panel => panel.GetProperty("id").GetInt32()).Distinct().Count());
        var cells = panels.SelectMany(panel => Cells(panel.GetProperty("gridPos"))).ToList();
        Assert.Equal(cells.Count, cells.Distinct().Count());
        Assert.All(cells, cell => Assert.InRange(cell.X, 0, 23));
    }

    [Fact]
    public void Every_alert_has_a_severity_and_says_what_it_means()
    {
        foreach (var rule in Rules())
        {
            Assert.Matches("^Rates[A-Za-z]+$", rule["alert"].ToString());
            Assert.Contains(rule["labels"]["severity"].ToString(), new[] { "info", "warning", "critical" });
            Assert.NotEmpty(rule["annotations"]["summary"].ToString());
            Assert.NotEmpty(rule["annotations"]["description"].ToString());
        }
    }

    private static string Dashboard => Path.Combine(Repository.Root, "deploy", "grafana", "rates.json");

    private static IEnumerable<string> Queries() => Targets().Where(target => target.TryGetProperty("expr", out _))
        .Select(target => target.GetProperty("expr").GetString()!)
        .Concat(Rules().Select(rule => rule["expr"].ToString())).Distinct();

    private static IEnumerable<JsonElement> Targets() => JsonDocument.Parse(File.ReadAllText(Dashboard)).RootElement
        .GetProperty("panels").EnumerateArray().SelectMany(panel => panel.GetProperty("targets").EnumerateArray());

    private static IEnumerable<YamlNode> Rules() =>
        ((YamlSequenceNode)KubernetesTests.Yaml(Path.Combine(Repository.Root, "deploy", "prometheus", "rates.rules.yml"))["groups"])
        .SelectMany(group => (YamlSequenceNode)group["rules"]);

    private static IEnumerable<(int X, int Y)> Cells(JsonElement position)
    {
        var (x, y, w, h) = (
            position.GetProperty("x").GetInt32(), position.GetProperty("y").GetInt32(), position.GetProperty("w").GetInt32(),
            position.GetProperty("h").GetInt32());
        return from column in Enumerable.Range(x, w) from row in Enumerable.Range(y, h) select (column, row);
    }

    [GeneratedRegex(@"\b(?:rates|db|http|dotnet)_[a-z_]+", RegexOptions.None, matchTimeoutMilliseconds: Timeout.Infinite)]
    private static partial Regex MetricPattern();

    [GeneratedRegex("_(?:bucket|count|sum)$", RegexOptions.None, matchTimeoutMilliseconds: Timeout.Infinite)]
    private static partial Regex HistogramEnd();

    [GeneratedRegex(
        @"(?:\b(?:by|on|without) \((?<labels>[^)]*)\))|(?:\{(?<labels>[^}]*)\})", RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: Timeout.Infinite)]
    private static partial Regex LabelPattern();
}
