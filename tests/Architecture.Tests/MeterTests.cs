using System.Text.RegularExpressions;
using Rates.Testing;

namespace Rates.Architecture.Tests;

/// <summary>A meter or a source of spans is exported only when its name is in the list that the registration of telemetry holds.</summary>
public sealed partial class MeterTests
{
    [Fact]
    public void Every_meter_and_every_source_of_spans_is_exported()
    {
        var named =
            from project in new[] { "Api", "Channels", "Core", "Providers", "Standalone", "Store", "Worker" }
            from file in Directory.EnumerateFiles(Path.Combine(Repository.Root, project), "*.cs", SearchOption.AllDirectories)
            let text = File.ReadAllText(file)
            where Makers().IsMatch(text)
            from Match name in Names().Matches(text)
            select name.Groups["name"].Value;
        var exported = Names().Matches(File.ReadAllText(Path.Combine(Repository.Root, "Telemetry", "TelemetryRegistration.cs")));

        Assert.Equal(named.Distinct().Order(), exported.Select(name => name.Groups["name"].Value).Order());
    }

    [GeneratedRegex(@"\bMeter\b|\bActivitySource\b|\bIMeterFactory\b", RegexOptions.ExplicitCapture, Timeout.Infinite)]
    private static partial Regex Makers();

    [GeneratedRegex(@"""(?<name>Rates\.\w+)""", RegexOptions.ExplicitCapture, Timeout.Infinite)]
    private static partial Regex Names();
}
