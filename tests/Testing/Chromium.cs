using System.Diagnostics;

namespace Rates.Testing;

/// <summary>
/// The one headless chromium of this test process: started for the first page, and ended with the process. To start it takes longer than
/// most tests of a page.
/// </summary>
internal static class Chromium
{
    private static readonly Lazy<Task<Uri>> Started = new(StartAsync);

    /// <summary>The chromium on the PATH; null without one.</summary>
    public static string? Program { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, "chromium")).FirstOrDefault(File.Exists);

    /// <summary>The address of its DevTools protocol.</summary>
    public static Task<Uri> AddressAsync() => Started.Value;

    private static async Task<Uri> StartAsync()
    {
        var profile = Directory.CreateTempSubdirectory("rates-chromium-");
        string[] arguments =
        [
            "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-quic", "--no-first-run",
            "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-renderer-backgrounding",
            "--disable-background-timer-throttling", "--disable-backgrounding-occluded-windows", $"--user-data-dir={profile.FullName}",
            "--remote-debugging-port=0", "about:blank",
        ];
        var start = new ProcessStartInfo(
            Program ?? throw new InvalidOperationException(DevTools.Missing), arguments)
        { RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false };
        var browser = Process.Start(start)!;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => End(browser, profile);
        browser.ErrorDataReceived += (_, _) => { };
        browser.BeginErrorReadLine();
        var port = Path.Combine(profile.FullName, "DevToolsActivePort");
        string[] lines = [];
        await Eventually.IsAsync(
            () => File.Exists(port) && (lines = File.ReadAllLines(port)).Length > 1, CancellationToken.None, "chromium listens");
        return new($"ws://127.0.0.1:{lines[0]}{lines[1]}");
    }

    private static void End(Process browser, DirectoryInfo profile)
    {
        if (!browser.HasExited)
        {
            browser.Kill(entireProcessTree: true);
            browser.WaitForExit();
        }

        try
        {
            profile.Delete(recursive: true);
        }
        catch (IOException)
        {
            // The browser's children outlive it by a moment and write on into its profile; what is left lies in the temporary folder.
        }
    }
}
