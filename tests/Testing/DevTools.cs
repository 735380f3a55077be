using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace Rates.Testing;

/// <summary>A page of a headless chromium, driven over its DevTools protocol.</summary>
public sealed class DevTools : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(1);

    private readonly Process _browser;
    private readonly DirectoryInfo _profile;
    private readonly ClientWebSocket _socket = new();
    private string _session = "";
    private int _number;

    private DevTools(Process browser, DirectoryInfo profile) => (_browser, _profile) = (browser, profile);

    /// <summary>The chromium on the PATH; null without one.</summary>
    public static string? Program => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, "chromium")).FirstOrDefault(File.Exists);

    /// <summary>Why a test that needs the browser was skipped.</summary>
    public static string Missing => "chromium is not on PATH (Debian: apt-get install chromium)";

    /// <summary>Starts a browser with an empty page.</summary>
    public static async Task<DevTools> StartAsync(CancellationToken cancellationToken)
    {
        var profile = Directory.CreateTempSubdirectory("rates-chromium-");
        string[] arguments =
        [
            "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-quic", "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update", "--disable-sync", $"--user-data-dir={profile.FullName}", "--remote-debugging-port=0",
            "about:blank",
        ];
        var start = new ProcessStartInfo(
            Program ?? throw new InvalidOperationException(Missing),
            arguments)
        { RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false };
        var tools = new DevTools(Process.Start(start)!, profile);
        try
        {
            tools._browser.ErrorDataReceived += (_, _) => { };
            tools._browser.BeginErrorReadLine();
            var port = Path.Combine(profile.FullName, "DevToolsActivePort");
            string[] lines = [];
            await Eventually.IsAsync(
                () => File.Exists(port) && (lines = File.ReadAllLines(port)).Length > 1, cancellationToken, "chromium listens");
            await tools._socket.ConnectAsync(new Uri($"ws://127.0.0.1:{lines[0]}{lines[1]}"), cancellationToken);
            var target = await tools.SendAsync("Target.createTarget", new { url = "about:blank" });
            var attached = await tools.SendAsync(
                "Target.attachToTarget", new { targetId = target.GetProperty("targetId").GetString(), flatten = true });
            tools._session = attached.GetProperty("sessionId").GetString()!;
            return tools;
        }
        catch
        {
            await tools.DisposeAsync();
            throw;
        }
    }

    /// <summary>Sends further headers with every request from now on.</summary>
    public async Task SetHeadersAsync(IReadOnlyDictionary<string, string> headers)
    {
        await SendAsync("Network.enable", new { });
        await SendAsync("Network.setExtraHTTPHeaders", new { headers });
    }

    /// <summary>Gives the page a size and, where dark is wanted, dark colours.</summary>
    public async Task SetViewAsync(int width, int height, bool isDark)
    {
        await SendAsync("Emulation.setDeviceMetricsOverride", new { width, height, deviceScaleFactor = 1, mobile = false });
        await SendAsync(
            "Emulation.setEmulatedMedia",
            new { features = new[] { new { name = "prefers-color-scheme", value = isDark ? "dark" : "light" } } });
    }

    /// <summary>Goes to an address and waits until it is there.</summary>
    public async Task GoAsync(Uri address, CancellationToken cancellationToken)
    {
        await SendAsync("Page.navigate", new { url = address.AbsoluteUri });
        await UntilAsync(
            $"location.href === {JsonSerializer.Serialize(address.AbsoluteUri)} && document.readyState === 'complete'", cancellationToken);
    }

    /// <summary>The value of an expression in the page; a promise is waited for.</summary>
    public async Task<JsonElement> EvaluateAsync(string expression)
    {
        var result = await SendAsync("Runtime.evaluate", new { expression, awaitPromise = true, returnByValue = true, userGesture = true });
        if (result.TryGetProperty("exceptionDetails", out var problem))
        {
            throw new InvalidOperationException($"{expression}: {problem}");
        }

        return result.GetProperty("result").TryGetProperty("value", out var value) ? value : default;
    }

    /// <summary>The text of an expression.</summary>
    public async Task<string> TextAsync(string expression) => (await EvaluateAsync(expression)).GetString() ?? "";

    /// <summary>Waits until an expression is true.</summary>
    public Task UntilAsync(string expression, CancellationToken cancellationToken) => Eventually.IsAsync(
        async () => (await EvaluateAsync($"!!({expression})")).GetBoolean(), () => expression, cancellationToken);

    /// <summary>Presses a key, such as <c>Tab</c> or <c>Enter</c>.</summary>
    public async Task PressAsync(string key)
    {
        var code = key switch
        {
            "Tab" => 9,
            "Enter" => 13,
            "Escape" => 27,
            _ => throw new ArgumentOutOfRangeException(
            nameof(key), key, "is not a key that this knows")
        };
        var text = key == "Enter" ? "\r" : "";
        await SendAsync("Input.dispatchKeyEvent", new { type = "keyDown", key, code = key, windowsVirtualKeyCode = code, text });
        await SendAsync("Input.dispatchKeyEvent", new { type = "keyUp", key, code = key, windowsVirtualKeyCode = code });
    }

    /// <summary>A picture of the whole page, PNG.</summary>
    public async Task<byte[]> PictureAsync() =>
        (await SendAsync(
            "Page.captureScreenshot", new { format = "png", captureBeyondViewport = true })).GetProperty("data").GetBytesFromBase64();

    /// <summary>Sends a command of the protocol and returns its result.</summary>
    public async Task<JsonElement> SendAsync(string method, object parameters)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        var id = ++_number;
        var message = _session.Length == 0
            ? JsonSerializer.Serialize(new { id, method, @params = parameters })
            : JsonSerializer.Serialize(new { id, method, @params = parameters, sessionId = _session });
        await _socket.SendAsync(Encoding.UTF8.GetBytes(message), WebSocketMessageType.Text, endOfMessage: true, deadline.Token);
        while (true)
        {
            var answer = await ReceiveAsync(deadline.Token);
            if (answer.TryGetProperty("id", out var number) && number.GetInt32() == id)
            {
                return answer.TryGetProperty("result", out var result)
                    ? result
                    : throw new InvalidOperationException($"{method}: {answer}");
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        _socket.Dispose();
        if (!_browser.HasExited)
        {
            _browser.Kill(entireProcessTree: true);
            await _browser.WaitForExitAsync(CancellationToken.None);
        }

        _browser.Dispose();
        try
        {
            _profile.Delete(recursive: true);
        }
        catch (IOException)
        {
            // The browser's children outlive it by a moment and write on into its profile; what is left lies in the temporary folder.
        }
    }

    private async Task<JsonElement> ReceiveAsync(CancellationToken cancellationToken)
    {
        using var whole = new MemoryStream();
        var buffer = new byte[64 * 1024];
        while (true)
        {
            var piece = await _socket.ReceiveAsync(buffer, cancellationToken);
            await whole.WriteAsync(buffer.AsMemory(0, piece.Count), cancellationToken);
            if (piece.EndOfMessage)
            {
                return JsonDocument.Parse(whole.ToArray()).RootElement;
            }
        }
    }
}
