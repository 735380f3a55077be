using System.Text.Json;
using Rates.Testing;

namespace Rates.Architecture.Tests;

/// <summary>The three programs write their logs in one format, so that they can be read and searched together.</summary>
public sealed class LogFormatTests
{
    [Fact]
    public void Worker_Api_and_Standalone_log_a_line_an_entry_with_its_time_in_the_same_format()
    {
        string[] formats = [.. new[] { "Worker", "Api", "Standalone" }.Select(ConsoleOf)];

        Assert.Single(formats.Distinct(StringComparer.Ordinal));
        Assert.Contains("\"SingleLine\":true", formats[0], StringComparison.Ordinal);
        Assert.Contains("\"TimestampFormat\":\"yyyy-MM-ddTHH:mm:ssZ \"", formats[0], StringComparison.Ordinal);
    }

    private static string ConsoleOf(string program)
    {
        using var settings = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, program, "appsettings.json")));
        return JsonSerializer.Serialize(settings.RootElement.GetProperty("Logging").GetProperty("Console"));
    }
}
