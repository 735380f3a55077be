using System.Net;
using Microsoft.Extensions.Options;
using Rates.Api.Tests;
using Rates.Testing;

namespace Rates.Client.Tests;

public sealed class ResilienceTests
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;
    private static readonly RatesQuery Query = new() { Quotes = ["USD"], Providers = ["ecb"] };

    [Fact]
    public async Task An_answer_that_has_not_changed_is_not_sent_again_and_a_changed_one_is()
    {
        await using var fixture = new ClientFixture();

        var first = await fixture.Client.GetRatesAsync(Query, Cancel);
        var second = await fixture.Client.GetRatesAsync(Query, Cancel);
        fixture.Api.Store.Publish(Sample.Sheet("ecb", Sample.Today, Sample.Now, null, "EUR/USD 1.1700"));
        await fixture.Api.RefreshAsync();
        var third = await fixture.Client.GetRatesAsync(Query, Cancel);

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.NotModified, HttpStatusCode.OK], fixture.Way.Passed.Select(one => one.Status));
        Assert.Equal([1.1634m, 1.1634m, 1.1700m], new[] { first, second, third }.Select(answer => answer.Providers[0].Rates["USD"]));
    }

    [Fact]
    public async Task No_room_for_answers_means_that_each_is_sent_whole()
    {
        await using var fixture = new ClientFixture(options => options.KeptBytes = 0);

        await fixture.Client.GetRatesAsync(Query, Cancel);
        await fixture.Client.GetRatesAsync(Query, Cancel);

        Assert.All(fixture.Way.Passed, one => Assert.Equal(HttpStatusCode.OK, one.Status));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(HttpStatusCode.ServiceUnavailable)]
    public async Task A_read_is_tried_again(HttpStatusCode? failure)
    {
        await using var fixture = new ClientFixture();
        fixture.Way.Fail = (2, failure);

        Assert.Equal(1.1634m, (await fixture.Client.GetRatesAsync(Query, Cancel)).Providers[0].Rates["USD"]);
    }

    [Fact]
    public async Task A_service_that_cannot_be_reached_is_an_exception_unless_a_kept_answer_may_stand_in()
    {
        var time = new FakeTimeProvider(Sample.Now);
        await using var strict = new ClientFixture(options => options.Retries = 0);
        await using var lenient = new ClientFixture(
            options => (options.Retries, options.UseKeptFor) = (0, TimeSpan.FromHours(1)), time);
        await strict.Client.GetRatesAsync(Query, Cancel);
        await lenient.Client.GetRatesAsync(Query, Cancel);
        strict.Way.Fail = lenient.Way.Fail = (int.MaxValue, null);

        await Assert.ThrowsAsync<HttpRequestException>(() => strict.Client.GetRatesAsync(Query, Cancel));
        time.Advance(TimeSpan.FromMinutes(59));
        var kept = await lenient.Client.GetRatesAsync(Query, Cancel);
        time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal((Sample.Now, 1.1634m), (kept.ReceivedAt, kept.Providers[0].Rates["USD"]));
        await Assert.ThrowsAsync<HttpRequestException>(() => lenient.Client.GetRatesAsync(Query, Cancel));
        await Assert.ThrowsAsync<HttpRequestException>(() => lenient.Client.GetRatesAsync(new() { Quotes = ["GBP"] }, Cancel));
    }

    [Fact]
    public async Task A_refusal_is_not_tried_again_and_no_kept_answer_stands_in()
    {
        await using var fixture = new ClientFixture(options => options.UseKeptFor = TimeSpan.FromHours(1));
        await fixture.Client.GetRatesAsync(Query, Cancel);
        fixture.Way.Fail = (1, HttpStatusCode.Unauthorized);

        var refused = await Assert.ThrowsAsync<RatesProblemException>(() => fixture.Client.GetRatesAsync(Query, Cancel));

        Assert.Equal(HttpStatusCode.Unauthorized, refused.Status);
        Assert.Equal(2, fixture.Way.Passed.Count);
    }

    [Theory]
    [InlineData(12, 1)]
    [InlineData(1, 2)]
    public async Task A_limit_that_ends_after_the_call_is_told_at_once(int seconds, int sent)
    {
        await using var fixture = new ClientFixture();
        fixture.Way.Fail = (1, HttpStatusCode.TooManyRequests);
        fixture.Way.RetryAfter = TimeSpan.FromSeconds(seconds);

        var refused = await Record.ExceptionAsync(() => fixture.Client.GetRatesAsync(Query, Cancel)) as RatesProblemException;

        Assert.Equal(sent, fixture.Way.Passed.Count);
        Assert.Equal(sent == 1 ? fixture.Way.RetryAfter : null, refused?.RetryAfter);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_answer_that_does_not_end_is_an_exception_or_a_kept_answer(bool isStalled)
    {
        var time = new FakeTimeProvider(Sample.Now);
        await using var strict = new ClientFixture(options => options.Retries = 0, time);
        await using var lenient = new ClientFixture(
            options => (options.Retries, options.UseKeptFor) = (0, TimeSpan.FromHours(1)), time);
        await lenient.Client.GetRatesAsync(Query, Cancel);
        strict.Way.Body = lenient.Way.Body = () => new UnendingStream(isStalled);
        AmountToConvert[] rows = [new(1, "EUR", "USD")];

        Task[] reads =
        [
            strict.Client.GetRatesAsync(Query, Cancel), strict.Client.ConvertAsync(rows, null, Cancel),
            lenient.Client.GetRatesAsync(Query, Cancel),
        ];
        await Eventually.IsAsync(
            () =>
            {
                time.Advance(TimeSpan.FromMinutes(1));
                return reads.All(read => read.IsCompleted);
            }, Cancel);

        await Assert.ThrowsAsync<HttpRequestException>(() => reads[0]);
        await Assert.ThrowsAsync<HttpRequestException>(() => reads[1]);
        await reads[2];
    }

    [Fact]
    public async Task A_history_that_is_cut_off_is_an_exception()
    {
        await using var fixture = new ClientFixture(options => options.Retries = 0);
        fixture.Way.Body = () => new UnendingStream(isStalled: false);
        fixture.Way.HasTag = false;

        await Assert.ThrowsAsync<HttpRequestException>(async () =>
        {
            await foreach (var _ in fixture.Client.GetHistoryAsync(new() { Quotes = ["USD"] }, Cancel))
            {
            }
        });
    }

    [Fact]
    public async Task An_empty_text_does_not_stand_for_the_choice_of_the_service()
    {
        await using var fixture = new ClientFixture();
        var client = fixture.Client;
        Func<Task>[] calls =
        [
            () => client.ConvertAsync(1, "", "USD", null, Cancel),
            () => client.GetRatesAsync(new() { Base = "" }, Cancel),
            () => client.GetRatesAsync(new() { Providers = [""] }, Cancel),
            () => client.GetRatesByPolicyAsync("", new(), Cancel),
            () => client.ConvertAsync(1, "EUR", "USD", new() { Policy = "" }, Cancel),
        ];

        foreach (var call in calls)
        {
            await Assert.ThrowsAsync<ArgumentException>(call);
        }

        Assert.Empty(fixture.Way.Passed);
    }

    [Fact]
    public async Task Changes_are_followed_on_after_a_lost_connection()
    {
        await using var fixture = new ClientFixture(options => options.Retries = 0);
        fixture.Way.Fail = (1, null);
        await using var changes = fixture.Client.FollowAsync(cancellationToken: Cancel).GetAsyncEnumerator(Cancel);
        var next = changes.MoveNextAsync().AsTask();
        await Eventually.IsAsync(() => fixture.Way.Passed.Count == 1, Cancel);

        fixture.Api.Store.Publish(Sample.EcbSheet with { FetchedAt = Sample.Now });
        await fixture.Api.RefreshAsync();

        Assert.True(await next);
        Assert.Equal(("published", "ecb", "fresh"), (changes.Current.Kind, changes.Current.Provider, changes.Current.Status));
        Assert.NotEqual("", changes.Current.Id);
    }

    [Fact]
    public async Task The_path_of_the_address_and_the_key_are_sent()
    {
        await using var fixture = new ClientFixture(options =>
            (options.Address, options.ApiKey, options.Retries) = (new("http://rates.example/money"), "secret", 0));

        await Assert.ThrowsAsync<RatesProblemException>(() => fixture.Client.GetProvidersAsync(Cancel));

        var sent = fixture.Way.Passed.Single().Request;
        Assert.Equal("/money/v1/providers", sent.RequestUri!.AbsolutePath);
        Assert.Equal("secret", sent.Headers.GetValues("X-Api-Key").Single());
    }

    [Fact]
    public void Wrong_settings_are_all_named()
    {
        using var services = new ServiceCollection().AddRatesClient(options =>
            (options.Address, options.Retries, options.TryTimeout) = (new("rates", UriKind.Relative), 11, TimeSpan.FromHours(1)))
            .Services.BuildServiceProvider();

        var wrong = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<RatesClient>());

        Assert.Equal(["Address 'rates'", "TryTimeout 01:00:00", "Retries 11"],
            wrong.Failures.Select(failure => failure["RatesClient: ".Length..].Split(" is ")[0]));
    }
}
