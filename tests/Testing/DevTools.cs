using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace Rates.Testing;

/// <summary>A page of the headless chromium, driven over its DevTools protocol.</summary>
public sealed class DevTools : IAsyncDisposable
{
    // What the browser answers when the page went to another address while an expression was read.
    private const string LeftPage = "Inspected target navigated or closed";

    private readonly ClientWebSocket _socket = new();
    private string _session = "";
    private int _number;

    private DevTools()
    {
    }

    /// <summary>The chromium on the PATH; null without one.</summary>
    public static string? Program => Chromium.Program;

    /// <summary>Why a test that needs the browser was skipped.</summary>
    public static string Missing => "chromium is not on PATH (Debian: apt-get install chromium)";

    /// <summary>Opens an empty page with cookies, cache and storage of its own.</summary>
    public static async Task<DevTools> StartAsync(CancellationToken cancellationToken)
    {
        var tools = new DevTools();
        try
        {
            await tools._socket.ConnectAsync(await Chromium.AddressAsync(), cancellationToken);
            var context = await tools.SendAsync("Target.createBrowserContext", new { disposeOnDetach = true });
            var target = await tools.SendAsync(
                "Target.createTarget",
                new { url = "about:blank", browserContextId = context.GetProperty("browserContextId").GetString() });
            var attached = await tools.SendAsync(
                "Target.attachToTarget", new { targetId = target.GetProperty("targetId").GetString(), flatten = true });
            tools._session = attached.GetProperty("sessionId").GetString()!;

            // Pages of other tests are open beside it.
            await tools.SendAsync("Emulation.setFocusEmulationEnabled", new { enabled = true });
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
        () => IsTrueAsync(expression), () => expression, cancellationToken);

    private async Task<bool> IsTrueAsync(string expression)
    {
        try
        {
            return (await EvaluateAsync($"!!({expression})")).GetBoolean();
        }
        catch (InvalidOperationException problem) when (problem.Message.Contains(LeftPage, StringComparison.Ordinal))
        {
            // The page was on its way to the next one; that one will be asked.
            return false;
        }
    }

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
        using var deadline = new CancellationTokenSource(Eventually.Limit);
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

    /// <summary>Closes the page and forgets what it stored.</summary>
    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        return ValueTask.CompletedTask;
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
