using System.Diagnostics;
using Rates.Testing;

namespace Rates.Deploy.Tests;

/// <summary>The units in <c>deploy/systemd</c>.</summary>
public sealed class SystemdTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "deploy", "systemd");

    public static TheoryData<string> Units => ["rates-standalone", "rates-worker", "rates-api"];

    [Theory]
    [MemberData(nameof(Units))]
    public void A_unit_starts_a_program_that_there_is_with_settings_that_it_knows(string unit)
    {
        var lines = Lines(unit);
        var project = Path.GetFileName(Value(lines, "WorkingDirectory"));
        Assert.True(File.Exists(Path.Combine(Repository.Root, project, $"{project}.csproj")), project);
        Assert.Equal($"/usr/bin/dotnet /opt/rates/{project}/Rates.{project}.dll", Value(lines, "ExecStart"));
        Assert.Equal($"-/etc/rates/{unit}.env", Value(lines, "EnvironmentFile"));
        var variables = lines.Where(line => line.StartsWith("Environment=Rates__", StringComparison.Ordinal))
            .Select(line => line.Split('=')[1]).ToList();
        Assert.NotEmpty(variables);
        Assert.All(variables, name => Assert.True(SettingNames.IsKnown(name), name));
        Assert.Contains($"Environment=Rates__DataFolder=/var/lib/{Value(lines, "StateDirectory")}", lines);
    }

    [Theory]
    [MemberData(nameof(Units))]
    public void A_unit_has_no_rights_that_it_does_not_need(string unit)
    {
        var lines = Lines(unit);
        foreach (var line in new[]
        {
            "DynamicUser=yes", "NoNewPrivileges=yes", "CapabilityBoundingSet=", "ProtectSystem=strict", "ProtectHome=yes",
            "PrivateTmp=yes", "PrivateDevices=yes", "SystemCallFilter=@system-service", "RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX",
        })
        {
            Assert.Contains(line, lines);
        }

        // Compiled code must be written somewhere.
        Assert.DoesNotContain("MemoryDenyWriteExecute=yes", lines);
    }

    [Theory]
    [MemberData(nameof(Units))]
    public async Task Systemd_reads_a_unit_without_complaint(string unit)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/systemd-analyze"), "systemd-analyze is not installed (Debian: apt-get install systemd)");
        var folder = Directory.CreateTempSubdirectory("rates-units-");
        try
        {
            // Whether .NET is installed there is no matter of the unit.
            var path = Path.Combine(folder.FullName, $"{unit}.service");
            await File.WriteAllTextAsync(
                path, (await File.ReadAllTextAsync(Unit(unit), TestContext.Current.CancellationToken)).Replace(
                    "/usr/bin/dotnet", "/bin/true", StringComparison.Ordinal),
                TestContext.Current.CancellationToken);
            using var verify = Process.Start(new ProcessStartInfo("/usr/bin/systemd-analyze", ["verify", "--man=no", path])
            {
                RedirectStandardError = true,
                UseShellExecute = false,
            })!;
            var complaints = await verify.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await verify.WaitForExitAsync(TestContext.Current.CancellationToken);

            Assert.DoesNotContain(unit, complaints, StringComparison.Ordinal);
            Assert.Equal(0, verify.ExitCode);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Unit(string name) => Path.Combine(Folder, $"{name}.service");

    private static string[] Lines(string unit) => [.. File.ReadAllLines(Unit(unit)).Select(line => line.Trim())];

    private static string Value(string[] lines, string name) =>
        lines.Single(line => line.StartsWith($"{name}=", StringComparison.Ordinal))[(name.Length + 1)..];
}
