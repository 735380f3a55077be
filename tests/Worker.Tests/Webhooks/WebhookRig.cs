using System.Globalization;
using System.Text.Json;
using Rates.Store;
using Rates.Testing;
using Rates.Upstream;

namespace Rates.Worker.Tests;

/// <summary>Workers on one store, a source, and a receiver of changes on loopback.</summary>
public abstract class WebhookRig : IAsyncLifetime
{
    private protected const string Secret = "canary-7c2e-secret";
    private protected static readonly DateOnly Day = new(2026, 11, 20);

    private protected static CancellationToken Token => TestContext.Current.CancellationToken;

    private protected FakeTimeProvider Time { get; } = new(DateTimeOffset.Parse("2026-11-20T16:05:00Z", CultureInfo.InvariantCulture));

    private protected UpstreamServer Upstream { get; } = UpstreamServer.Start();

    private protected HookServer Hook { get; } = new();

    private protected DirectoryInfo Folder { get; } = Directory.CreateTempSubdirectory("rates-webhooks-");

    private protected TestStore Store { get; private set; } = null!;

    private protected WebhookStore Webhooks => new(Store.Documents);

    public ValueTask InitializeAsync()
    {
        Upstream["ecb"].Serve(EcbDocument.Of(Day));
        Store = new(Time);
        File.WriteAllText(Path.Combine(Folder.FullName, "secret"), $"{Secret}\n");
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await Hook.DisposeAsync();
        await Upstream.DisposeAsync();
        await Store.DisposeAsync();
        Folder.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    private protected static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private protected static string Event(string body) => Text(JsonDocument.Parse(body).RootElement, "event");

    /// <summary>A worker whose settings name no receiver; it finds secrets in the folder.</summary>
    private protected Bench PlainWorker(string name, params (string Name, string Value)[] settings)
    {
        Dictionary<string, string?> all = new()
        {
            ["Rates:Worker:WorkerId"] = name,
            ["Rates:Worker:SecretsFolder"] = Folder.FullName,
        };
        foreach (var (setting, value) in settings)
        {
            all[setting] = value;
        }

        return new(Time, Upstream, ["ecb"], all, Store);
    }

    /// <summary>A worker whose settings name one receiver, <c>shop</c>.</summary>
    private protected Bench Worker(string name, params (string Name, string Value)[] settings)
    {
        const string Path0 = "Rates:Webhooks:Subscriptions:0";
        List<(string, string)> all =
        [
            ($"{Path0}:Name", "shop"), ($"{Path0}:Url", Hook.Address), ($"{Path0}:SecretFile", Path.Combine(Folder.FullName, "secret")),
        ];
        foreach (var (setting, value) in settings)
        {
            string[] items = setting is "Events" or "Providers" ? value.Split(',') : [];
            all.AddRange(items.Index().Select(item => ($"{Path0}:{setting}:{item.Index}", item.Item)));
            if (items.Length == 0)
            {
                all.Add(($"{Path0}:{setting}", value));
            }
        }

        return PlainWorker(name, [.. all]);
    }

    /// <summary>Sets a webhook as an operator does.</summary>
    private protected async Task SetAsync(string name, WebhookDefinition webhook) => Assert.NotNull(await Webhooks.EditDefinitionAsync(
        name, (await Webhooks.ReadDefinitionsAsync(Token)).GetValueOrDefault(name), webhook, "anna", Token));

    /// <summary>A webhook of operators that is signed with the secret of the folder.</summary>
    private protected WebhookDefinition Definition(string? address = null) =>
        new() { Address = address ?? Hook.Address, Secret = new() { File = "secret" } };

    /// <summary>Publishes something that the receiver refuses for more than a day; how often it was posted.</summary>
    private protected async Task<int> GivenUpAsync(Bench worker)
    {
        await LookAsync(1, worker);
        Hook.Refusals = int.MaxValue;
        await worker.AlarmAsync("ecb");
        await LookAsync(1, worker);
        Time.Advance(TimeSpan.FromHours(25));
        await LookAsync(1, worker);
        return Hook.Calls.Count;
    }

    /// <summary>Lets looks of every worker pass, all at the same moment, each five seconds.</summary>
    private protected async Task LookAsync(int looks, params Bench[] workers)
    {
        for (var look = 0; look < looks; look++)
        {
            Time.Advance(TimeSpan.FromSeconds(5));
            await Task.WhenAll(workers.Select(worker => worker.Get<DeliveryRunner>().LookAsync(Token)));
        }
    }
}
