namespace Rates.Channels.Bench;

/// <summary>One transport: the settings of its channel, an echo beside it, and clients of both.</summary>
internal interface ITransport
{
    /// <summary>The type of the channel.</summary>
    string Type { get; }

    /// <summary>The settings of the channel besides its type.</summary>
    IEnumerable<(string Name, string Value)> Settings { get; }

    /// <summary>Starts the echo: it answers every request with these bytes.</summary>
    Task<IAsyncDisposable> StartEchoAsync(byte[] body);

    /// <summary>Connects one client of the channel or of the echo.</summary>
    Task<IClient> ConnectAsync(bool isEcho);
}

/// <summary>A client that asks one request after the other.</summary>
internal interface IClient : IAsyncDisposable
{
    /// <summary>Sends a request and waits for its answer.</summary>
    Task AskAsync();
}

/// <summary>Closes several things together.</summary>
internal sealed class Closing(params Func<ValueTask>[] closes) : IAsyncDisposable
{
    public async ValueTask DisposeAsync()
    {
        foreach (var close in closes)
        {
            await close();
        }
    }
}
