using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Rates.Store;

namespace Rates.Clock.Bench;

/// <summary>An embedded store in a folder of its own.</summary>
internal sealed class OwnStore : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("rates-clock-");
    private readonly ServiceProvider _services;

    /// <param name="time">The store's clock.</param>
    public OwnStore(TimeProvider time) => _services = new ServiceCollection().AddLogging().AddSingleton(time).AddRateStore(
        new ConfigurationBuilder().AddInMemoryCollection([new("Rates:DataFolder", _folder.FullName)]).Build()).BuildServiceProvider();

    /// <summary>The store's file.</summary>
    public string Database => Path.Combine(_folder.FullName, "rates.db");

    /// <summary>A part of the store.</summary>
    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
