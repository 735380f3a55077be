using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Rates.Store;
using Rates.Testing;

namespace Rates.Worker.Tests;

/// <summary>Everything of the store at once.</summary>
public interface ITestStore : ISheetReader, IClaims, IQuotas, IHistory, ISchedules, IProviders, IRuns, IQuarantine, IWorkers, IStoreCheck;

/// <summary>A real embedded store in a folder of its own, with a hand on its calls: it can be away, and be waited at.</summary>
internal sealed class TestStore : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("rates-worker-");
    private readonly ServiceProvider _services;
    private volatile TestStore? _other;
    private int _inFlight;

    public TestStore(TimeProvider time)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Rates:DataFolder", _folder.FullName)]).Build();
        _services = new ServiceCollection().AddLogging().AddSingleton(time).AddRateStore(configuration).BuildServiceProvider();
        Calls = DispatchProxy.Create<ITestStore, Proxy>();
        ((Proxy)(object)Calls).Store = this;
        WorkerDocuments = new PassedDocuments(() => Documents)
        {
            Before = (_, _) =>
            {
                ThrowIfAway();
                return Task.CompletedTask;
            },
        };
    }

    /// <summary>The store as workers see it.</summary>
    public ITestStore Calls { get; }

    /// <summary>Operators' documents as workers see them.</summary>
    public IOperatorDocuments WorkerDocuments { get; }

    /// <summary>Operators' documents; they are there even while the store's calls are not answered.</summary>
    public IOperatorDocuments Documents => _services.GetRequiredService<IOperatorDocuments>();

    private object Engine => (_other?._services ?? _services).GetRequiredService<ISheetReader>();

    /// <summary>Its folder.</summary>
    public string Folder => _folder.FullName;

    /// <summary>Whether a call is not answered yet.</summary>
    public bool IsAsked => Volatile.Read(ref _inFlight) > 0;

    /// <summary>True: no call is answered.</summary>
    public bool IsAway { get; set; }

    /// <summary>Called before each call with its name; may throw in its place.</summary>
    public Action<string> Before { get; set; } = _ => { };

    /// <summary>Answers from another store from now on, as after the loss of all keys; null for its own again.</summary>
    public void Swap(TestStore? other) => _other = other;

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private async Task AnsweredAsync(Task call)
    {
        await call.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Interlocked.Decrement(ref _inFlight);
    }

    private void ThrowIfAway()
    {
        if (IsAway)
        {
            throw new StoreUnavailableException("the store is away", null);
        }
    }

    [SuppressMessage("Performance", "CA1852", Justification = "the proxy is derived from at run time")]
    private class Proxy : DispatchProxy
    {
        public TestStore Store { get; set; } = null!;

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            Store.Before(targetMethod!.Name);
            if (targetMethod.DeclaringType != typeof(IStoreCheck))
            {
                Store.ThrowIfAway();
            }

            Interlocked.Increment(ref Store._inFlight);
            object? answer = null;
            try
            {
                answer = targetMethod.Invoke(Store.Engine, BindingFlags.DoNotWrapExceptions, null, args, null);
            }
            finally
            {
                _ = Store.AnsweredAsync(answer as Task ?? Task.CompletedTask);
            }

            return answer;
        }
    }
}
