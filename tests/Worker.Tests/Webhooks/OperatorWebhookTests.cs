using System.Diagnostics.Metrics;
using Rates.Store;
using Rates.Testing;

namespace Rates.Worker.Tests;

/// <summary>Webhooks that operators set, pause, test and remove while several workers run.</summary>
public sealed class OperatorWebhookTests : WebhookRig
{
    [Fact]
    public async Task A_webhook_that_is_set_while_workers_run_gets_the_next_change_once_and_signed()
    {
        await using var first = PlainWorker("one", ("Rates:Worker:AllowedNetworks:0", "127.0.0.0/8"));
        await using var second = PlainWorker("two", ("Rates:Worker:AllowedNetworks:0", "127.0.0.0/8"));
        await first.AlarmAsync("ecb");
        await SetAsync("books", Definition());
        await LookAsync(2, first, second);
        Assert.Empty(Hook.Calls);

        await NextDayAsync(first);
        await LookAsync(3, first, second);

        var (body, headers) = Assert.Single(Hook.Calls);
        Assert.Equal("published", Event(body));
        Assert.StartsWith("sha256=", headers["X-Rates-Signature"], StringComparison.Ordinal);
        var memory = (await Webhooks.ReadMemoryAsync(Token)).Value!;
        Assert.Empty(memory.Outbox);
        Assert.Equal(("published ecb", (DateTimeOffset?)null), (memory.Receivers["books"].Taken, memory.Receivers["books"].FailedAt));
    }

    [Fact]
    public async Task A_look_at_which_nothing_changed_stores_nothing()
    {
        await using var worker = Worker("one");
        await worker.AlarmAsync("ecb");
        await LookAsync(1, worker);
        var before = await Webhooks.ReadMemoryAsync(Token);

        await LookAsync(3, worker);

        Assert.NotEqual(0, before.Revision);
        Assert.Equal(before.Revision, (await Webhooks.ReadMemoryAsync(Token)).Revision);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Changes_wait_while_a_webhook_is_paused_and_are_posted_when_it_is_resumed(bool isOfSettings)
    {
        await using var worker = isOfSettings ? Worker("one") : PlainWorker("one");
        var active = isOfSettings ? new WebhookDefinition() : Definition();
        await SetAsync("shop", active);
        await LookAsync(1, worker);
        await SetAsync("shop", active with { Paused = true });
        await worker.AlarmAsync("ecb");
        await LookAsync(2, worker);
        Assert.Empty(Hook.Calls);
        Assert.Single((await Webhooks.ReadMemoryAsync(Token)).Value!.Outbox);

        await SetAsync("shop", active);
        await LookAsync(1, worker);

        Assert.Equal("published", Event(Assert.Single(Hook.Calls).Body));
    }

    [Fact]
    public async Task What_waits_for_a_removed_webhook_is_not_posted_and_a_later_one_is_told_of_later_changes_only()
    {
        await using var worker = PlainWorker("one");
        await SetAsync("books", Definition());
        await LookAsync(1, worker);
        Hook.Refusals = 1;
        await worker.AlarmAsync("ecb");
        await LookAsync(1, worker);
        await Webhooks.EditDefinitionAsync("books", (await Webhooks.ReadDefinitionsAsync(Token))["books"], null, "anna", Token);
        await LookAsync(10, worker);
        Assert.Single(Hook.Calls);
        Assert.Equal(0, (await Webhooks.ReadMemoryAsync(Token)).Revision);

        await NextDayAsync(worker);
        await SetAsync("books", Definition());
        await LookAsync(3, worker);

        Assert.Single(Hook.Calls);
    }

    [Fact]
    public async Task What_another_workers_settings_name_waits_for_that_worker()
    {
        await using var first = Worker("one");
        await LookAsync(1, first);
        Hook.Refusals = 1;
        await first.AlarmAsync("ecb");
        await LookAsync(1, first);
        await using var other = PlainWorker("two");
        await SetAsync("books", Definition());

        await LookAsync(4, other);
        Assert.Single(Hook.Calls);
        await LookAsync(1, first);

        Assert.Equal(2, Hook.Calls.Count);
        Assert.Single(Hook.Calls.Select(call => call.Headers["X-Rates-Delivery"]).Distinct());
    }

    [Fact]
    public async Task A_dead_letter_is_kept_and_sent_again_with_the_same_id()
    {
        await using var worker = Worker("one");
        var tries = await GivenUpAsync(worker);
        var letter = Assert.Single(await Webhooks.ReadDeadLettersAsync(Token));
        Assert.Equal(("shop", "it answered 503"), (letter.Value.Delivery.Subscription, letter.Value.Delivery.Problem));
        Hook.Refusals = 0;

        await Webhooks.EditDeadLetterAsync(
            letter with { Value = letter.Value with { SendAgain = true } }, isDeleted: false, "anna", ("letter", "sent again"), Token);
        await LookAsync(3, worker);

        Assert.Equal(tries + 1, Hook.Calls.Count);
        Assert.Single(Hook.Calls.Select(call => call.Headers["X-Rates-Delivery"]).Distinct());
        Assert.Empty(await Webhooks.ReadDeadLettersAsync(Token));
    }

    [Fact]
    public async Task What_a_worker_posted_but_could_not_store_comes_again_with_the_same_id()
    {
        await using var first = Worker("one");
        await using var second = Worker("two");
        await LookAsync(1, first);
        await first.AlarmAsync("ecb");

        // As if the first worker had ended between the receiver's answer and storing it.
        Hook.Taking = async () =>
        {
            var memory = await Webhooks.ReadMemoryAsync(Token);
            Assert.Single(memory.Value!.Outbox);
            await Webhooks.StoreMemoryAsync(memory.Value, memory.Revision, "test", Token);
        };
        await LookAsync(1, first);
        Hook.Taking = () => Task.CompletedTask;
        await LookAsync(3, second);

        Assert.Equal(2, Hook.Calls.Count);
        Assert.Single(Hook.Calls.Select(call => call.Headers["X-Rates-Delivery"]).Distinct());
        Assert.Empty((await Webhooks.ReadMemoryAsync(Token)).Value!.Outbox);
    }

    [Fact]
    public async Task A_test_is_sent_at_once_signed_and_marked_also_while_paused()
    {
        await using var worker = Worker("one");
        await SetAsync("shop", new() { Paused = true });

        var taken = (await worker.Get<WebhookTrial>().SendAsync("shop", Token)).Result!;
        Hook.Refusals = 1;
        var refused = (await worker.Get<WebhookTrial>().SendAsync("shop", Token)).Result!;
        var unknown = await worker.Get<WebhookTrial>().SendAsync("nobody", Token);

        Assert.Equal((true, 200, null), (taken.Taken, taken.Status, taken.Reason));
        Assert.Equal((false, 503, "it answered 503"), (refused.Taken, refused.Status, refused.Reason));
        Assert.Contains("is no webhook that the worker one knows", Assert.Single(unknown.Problems).Why, StringComparison.Ordinal);
        Assert.All(Hook.Calls, call => Assert.Equal("test", Event(call.Body)));
        Assert.Equal([taken.Delivery, refused.Delivery], Hook.Calls.Select(call => call.Headers["X-Rates-Delivery"]));
        Assert.All(Hook.Calls, call => Assert.True(call.Headers.ContainsKey("X-Rates-Signature")));
    }

    [Fact]
    public async Task An_address_that_operators_may_not_enter_is_refused_and_never_posted_to()
    {
        await File.WriteAllTextAsync(Path.Combine(Folder.FullName, "private-address"), "http://192.168.0.1/canary-path", Token);
        await using var worker = PlainWorker("one", ("Rates:Worker:AllowPrivateAddresses", "false"));
        var trial = worker.Get<WebhookTrial>();
        foreach (var (address, file, field) in new (string?, string?, string)[]
        {
            ("http://127.0.0.1:9/", null, "address"), ("http://10.0.0.1/hook", null, "address"), ("https://[::1]/hook", null, "address"),
            ("https://169.254.169.254/latest", null, "address"), ("https://2130706433/", null, "address"),
            ("https://localhost/hook", null, "address"), ("http://shop.example/hook", null, "address"),
            ("https://shop.example:8443/hook", null, "address"), ("ftp://shop.example/hook", null, "address"),
            ("https://shop.example/hook?token=1", null, "address"), ("https://anna:pw@shop.example/hook", null, "address"),
            ("https://shop.example/", "private-address", "address"), (null, "private-address", "addressFrom"),
            (null, "../secret", "addressFrom"), (null, "secret", "addressFrom"), (null, null, "address"),
        })
        {
            var webhook = Definition() with { Address = address, AddressFrom = file is null ? null : new() { File = file } };

            var problem = Assert.Single(trial.Check("books", webhook).Problems);
            await SetAsync("books", webhook);
            var test = (await trial.SendAsync("books", Token)).Result!;

            Assert.Equal((field, false, null), (problem.Field, test.Taken, test.Status));
            Assert.DoesNotContain("canary", $"{problem} {test.Reason}", StringComparison.Ordinal);
            Assert.DoesNotContain("pw@", $"{problem} {test.Reason}", StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_name_that_stands_for_a_private_address_is_not_connected_to()
    {
        // The name is allowed by its look; what it stands for is known only when it is connected to.
        using var client = PostConnections.ToAllowed(new SourceConnector(
            new PrivateAccess(new()), null, (_, _) => Task.FromResult<System.Net.IPAddress[]>([System.Net.IPAddress.Loopback])));
        var post = new SignedPost(client, () => new($"http://shop.example:{Hook.Port}/hook", Secret), Time);

        var problem = await Assert.ThrowsAsync<AlertException>(() => post.SendAsync("1", [], Token));

        Assert.Equal("shop.example has the address 127.0.0.1, which is no public address", problem.Message);
        Assert.Empty(Hook.Calls);
    }

    [Fact]
    public async Task A_worker_checks_secrets_and_names_before_a_webhook_is_stored()
    {
        await using var worker = Worker("one");
        var trial = worker.Get<WebhookTrial>();

        Assert.Empty(trial.Check("books", Definition()).Problems);
        Assert.Contains("every message is signed", Assert.Single(
            trial.Check("books", Definition() with { Secret = null }).Problems).Why, StringComparison.Ordinal);
        Assert.Contains("cannot be read", Assert.Single(
            trial.Check("books", Definition() with { Secret = new() { File = "absent" } }).Problems).Why, StringComparison.Ordinal);
        Assert.Contains("RATES_SECRET_", Assert.Single(
            trial.Check("books", Definition() with { Secret = new() { Variable = "PATH" } }).Problems).Why, StringComparison.Ordinal);
        Assert.Contains(
            "is a webhook of the settings", Assert.Single(trial.Check("shop", Definition()).Problems).Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metrics_tell_what_waits_and_what_was_given_up()
    {
        await using var worker = Worker("one");
        await LookAsync(1, worker);
        Hook.Refusals = int.MaxValue;
        await worker.AlarmAsync("ecb");
        await LookAsync(1, worker);
        Time.Advance(TimeSpan.FromSeconds(90));

        var waiting = await MeasuredAsync(worker);
        Time.Advance(TimeSpan.FromHours(25));
        await LookAsync(1, worker);
        var dead = await MeasuredAsync(worker);

        Assert.Equal((1, 0), (waiting["rates.webhook.pending shop"], waiting["rates.webhook.dead_letters shop"]));
        Assert.Equal(90, waiting["rates.webhook.pending.age shop"]);
        Assert.Equal((0, 1), (dead["rates.webhook.pending shop"], dead["rates.webhook.dead_letters shop"]));
        Assert.Equal(0, dead["rates.webhook.pending.age shop"]);
    }

    private static async Task<IReadOnlyDictionary<string, long>> MeasuredAsync(Bench worker)
    {
        await worker.Get<WebhookWatch>().ReadAsync(Token);
        return Measured.Read(worker.Get<IMeterFactory>(), "rates.webhook");
    }

    private async Task NextDayAsync(Bench worker)
    {
        Time.Advance(TimeSpan.FromDays(3));
        Upstream["ecb"].Serve(EcbDocument.Of(Day.AddDays(3)));
        await worker.AlarmAsync("ecb");
    }
}
