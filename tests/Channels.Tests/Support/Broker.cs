using Rates.Channels.Tests;
using Rates.Testing;

[assembly: AssemblyFixture(typeof(Broker))]

namespace Rates.Channels.Tests;

/// <summary>The one broker of these tests, started by the first test that needs it.</summary>
public sealed class Broker : IAsyncLifetime
{
    /// <summary>The collection of the tests that use it: one at a time, as some of them stop it.</summary>
    public const string Collection = "broker";

    private Task<RabbitServer>? _server;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>The running server; skips the test when there is none to start.</summary>
    public async Task<RabbitServer> ServerAsync()
    {
        Assert.SkipUnless(RabbitServer.IsInstalled, RabbitServer.Missing);
        return await (_server ??= RabbitServer.StartAsync(CancellationToken.None));
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await (await _server).DisposeAsync();
        }
    }
}
