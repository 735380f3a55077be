using Rates.Store;

namespace Rates.Api.Tests;

/// <summary>What is shown of a webhook when settings, operators and messages do not agree on it.</summary>
public sealed class WebhookStateTests
{
    private static readonly WebhookDefinition Set = new() { Address = "https://shop.example/", Secret = new() { File = "s" } };

    [Theory]
    [InlineData(true, "set", "settings", "https://settings.example/", "the settings of the workers have one of the same name")]
    [InlineData(true, "paused", "settings", "https://settings.example/", null)]
    [InlineData(true, "nothing", "settings", "https://settings.example/", null)]
    [InlineData(false, "set", "operators", "https://shop.example/", null)]
    [InlineData(false, "paused", "operators", "", "it was paused while the settings had it")]
    [InlineData(false, "damaged", "operators", "", "what is stored cannot be read")]
    [InlineData(false, "nothing", "gone", "", null)]
    public void The_origin_the_address_and_what_is_wrong_are_told(
        bool isOfSettings, string stored, string origin, string address, string? problem)
    {
        WebhookDefinition? definition = stored switch { "set" => Set, "paused" => new() { Paused = true }, _ => null };
        var set = new Dictionary<string, WebhookRecord>();
        if (stored != "nothing")
        {
            set["shop"] = new(7, Sample.Now, "anna", definition);
        }

        var waiting = new WebhookDelivery(
            "1", "shop", new("published", "ecb", "", "fresh", null, null, null, null), Sample.Now, 0, Sample.Now, "");
        var memory = new WebhookMemory
        {
            Outbox = [waiting, waiting with { Id = "2", At = Sample.Now.AddSeconds(1) }],
            Receivers = new Dictionary<string, WebhookReceiver>
            {
                ["shop"] = new() { IsOfSettings = isOfSettings, Address = "https://settings.example/" },
            },
        };

        var state = Assert.Single(WebhookState.All(set, memory, []));

        Assert.Equal((origin, address, 2, Sample.Now), (state.Origin, state.Address, state.Pending, state.PendingSince));
        Assert.Equal(stored == "paused", state.Paused);
        Assert.Equal(stored == "set", state.Set is not null);
        Assert.StartsWith(problem ?? "", state.Problem ?? "", StringComparison.Ordinal);
        Assert.Equal(problem is null, state.Problem is null);
    }
}
