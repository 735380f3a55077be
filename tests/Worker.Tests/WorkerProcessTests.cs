using System.Diagnostics;
using Rates.Testing;
using Rates.Upstream;

namespace Rates.Worker.Tests;

/// <summary>The built program: what it says and how it ends.</summary>
public sealed class WorkerProcessTests
{
    [Theory]
    [InlineData("Rates__Worker__MaxConcurrency", "0", "Rates:Worker:MaxConcurrency '0' is not between 1 and 64")]
    [InlineData("Rates__Worker__MaxConcurrency", "many", "'many' at 'Rates:Worker:MaxConcurrency'")]
    [InlineData("Rates__Worker__Deadline", "01:00:00", "Rates:Worker:Deadline '01:00:00' is not between")]
    [InlineData("Rates__Worker__WorkerId", "a b", "Rates:Worker:WorkerId 'a b'")]
    [InlineData("Rates__Worker__Sperad", "1", "Sperad")]
    [InlineData("Rates__Worker__AllowPrivateAddresses", "true",
        "Rates:Worker:AllowPrivateAddresses 'true' is for tests only and refused when the environment is Production")]
    [InlineData("Rates__Worker__AllowedNetworks", "10.0.0.0/8,intern", "Rates:Worker:AllowedNetworks 'intern' is no network")]
    [InlineData("Rates__Worker__Proxy", "proxy", "Rates:Worker:Proxy is no address")]
    [InlineData("Rates__Providers__ebc__Enabled", "false", "there is no provider 'ebc'")]
    [InlineData("Rates__Providers__ecb__Schedule", "61 * * * * ?", "Rates:Providers:ecb: schedule '61 * * * * ?'")]
    [InlineData("Rates__Providers__ecb__Schedule", "every day", "Rates:Providers:ecb: schedule 'every day'")]
    [InlineData("Rates__Providers__ecb__Calendar__Zone", "Europe/Berlinn", "Europe/Berlinn")]
    [InlineData("Rates__Providers__ecb__Address", "ftp://example.org/", "ftp://example.org/")]
    [InlineData("Rates__Providers__ecb__MaxBytes", "big", "'big'")]
    [InlineData("Rates__Prefix", "a:b", "Rates:Prefix is 'a:b'")]
    public async Task A_broken_setting_is_told_in_one_message_with_its_value(string name, string value, string message)
    {
        var (code, output, error) = await RunAsync(new() { [name] = value });

        Assert.Equal(1, code);
        Assert.Contains(message, error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output + error, StringComparison.Ordinal);
        Assert.InRange(error.Trim().Split('\n').Length, 1, 3);
    }

    [Fact]
    public async Task A_worker_without_its_redis_says_so_and_waits()
    {
        await using var upstream = UpstreamServer.Start();
        var lines = new TaskCompletionSource<string>();
        var program = Program(new() { ["Rates__Redis"] = "127.0.0.1:1,password=hunter2" });
        program.RedirectStandardOutput = true;
        using var worker = Process.Start(program)!;
        try
        {
            worker.OutputDataReceived += (_, line) =>
                _ = line.Data?.Contains("cannot be reached", StringComparison.Ordinal) == true && lines.TrySetResult(line.Data);
            worker.BeginOutputReadLine();

            var line = await lines.Task.WaitAsync(Eventually.Limit, TimeProvider.System, TestContext.Current.CancellationToken);

            Assert.Contains("127.0.0.1:1", line, StringComparison.Ordinal);
            Assert.DoesNotContain("hunter2", line, StringComparison.Ordinal);
            Assert.False(worker.HasExited);
        }
        finally
        {
            worker.Kill();
            await worker.WaitForExitAsync(CancellationToken.None);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_damaged_file_ends_the_worker_with_one_message_and_code_1(bool isText)
    {
        var folder = Directory.CreateTempSubdirectory("rates-worker-damaged-");
        try
        {
            await File.WriteAllBytesAsync(
                Path.Combine(folder.FullName, "rates.db"),
                isText
                    ? [.. Enumerable.Repeat((byte)'x', 8192)]
                    : [.. Enumerable.Range(0, 8192).Select(number => (byte)((number * 131 >> 3) & 255))],
                TestContext.Current.CancellationToken);
            var (code, output, error) = await ProgramRun.OfAsync(
                Program(new() { ["Rates__DataFolder"] = folder.FullName }), Eventually.Limit,
                TestContext.Current.CancellationToken);

            Assert.Equal(1, code);
            Assert.Contains(Path.Combine(folder.FullName, "rates.db"), error, StringComparison.Ordinal);
            Assert.Single(error.Trim().Split('\n'));
            Assert.DoesNotContain("   at ", output + error, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Health_is_bad_while_no_worker_of_this_host_is_heard_of()
    {
        var (code, output, _) = await RunAsync([], "--health");

        Assert.Equal(1, code);
        Assert.Contains("no worker of this host", output, StringComparison.Ordinal);
    }

    private static async Task<ProgramRun> RunAsync(Dictionary<string, string> environment, params string[] arguments)
    {
        var folder = Directory.CreateTempSubdirectory("rates-worker-process-");
        try
        {
            environment["Rates__DataFolder"] = folder.FullName;
            return await ProgramRun.OfAsync(
                Program(environment, arguments), Eventually.Limit, TestContext.Current.CancellationToken);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static ProcessStartInfo Program(Dictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Rates.Worker"), arguments);

        // Of whoever runs the tests it gets nothing; and a watch on its settings is one of few that a user may have.
        foreach (
            var inherited in start.Environment.Keys.Where(
                name => name.StartsWith("Rates__", StringComparison.OrdinalIgnoreCase) || name is "DOTNET_ENVIRONMENT").ToList())
        {
            start.Environment.Remove(inherited);
        }

        start.Environment["DOTNET_hostBuilder__reloadConfigOnChange"] = "false";
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return start;
    }
}
