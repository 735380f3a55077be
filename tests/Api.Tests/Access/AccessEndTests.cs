using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Rates.Store;
using Rates.Testing;

namespace Rates.Api.Tests;

/// <summary>Access ends at once, also for answers that go on for long; and there is always somebody who can give it.</summary>
public sealed class AccessEndTests
{
    private const string Password = "correct horse battery";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>What an administrator does to the user "anna" or to the key.</summary>
    public static TheoryData<string, string, string?> Ends => new()
    {
        { "PUT", "/v1/ops/users/anna", """{"role":"read"}""" },
        { "PUT", "/v1/ops/users/anna", """{"role":"ops","password":"another long one"}""" },
        { "DELETE", "/v1/ops/users/anna", null },
        { "DELETE", "/v1/ops/keys/{key}", null },
    };

    [Theory]
    [MemberData(nameof(Ends))]
    public async Task A_stream_of_events_ends_with_the_access_of_its_reader(string method, string path, string? body)
    {
        await using var api = new ApiFixture(null, ("Rates:Access:OpenReads", "false"));
        await AccessTests.SignedUpAsync(api, "root", AccessRole.Admin);
        await AccessTests.SignedUpAsync(api, "anna", AccessRole.Ops);
        await AccessTests.SignedUpAsync(api, "bert", AccessRole.Ops);
        var (id, key) = await KeyAsync(api, """{"label":"shop","role":"ops"}""");
        var own = path.Contains("keys", StringComparison.Ordinal)
            ? new AuthenticationHeaderValue("Bearer", key)
            : AccessTests.Basic("anna", Password);
        using var operations = await FollowAsync(api, "/v1/ops/events", own);
        using var rates = await FollowAsync(api, "/v1/events", own);
        using var other = await FollowAsync(api, "/v1/ops/events", AccessTests.Basic("bert", Password));

        using var done = await AccessTests.SendAsync(
            api, method, path.Replace("{key}", id, StringComparison.Ordinal), AccessTests.Basic("root", Password), body);

        Assert.True(done.IsSuccessStatusCode, $"{done.StatusCode}");
        await operations.EndAsync();
        await rates.EndAsync();
        Assert.False(other.HasEnded);
    }

    [Fact]
    public async Task A_stream_of_events_ends_when_its_key_expires()
    {
        await using var api = new ApiFixture(null, ("Rates:Api:LongestEventStream", "2.00:00:00"));
        await AccessTests.SignedUpAsync(api, "root", AccessRole.Admin);
        var (_, key) = await KeyAsync(
            api, $$"""{"label":"shop","role":"ops","expiresAt":"{{Sample.Now.AddHours(2):yyyy-MM-ddTHH:mm:ssZ}}"}""");
        using var operations = await FollowAsync(api, "/v1/ops/events", new("Bearer", key));
        using var rates = await FollowAsync(api, "/v1/events", new("Bearer", key));

        api.Time.Advance(TimeSpan.FromHours(1));
        Assert.False(operations.HasEnded || rates.HasEnded);
        api.Time.Advance(TimeSpan.FromHours(1));

        await operations.EndAsync();
        await rates.EndAsync();
        using var late = await AccessTests.SendAsync(api, "GET", "/v1/ops/me", new("Bearer", key));
        Assert.Equal(HttpStatusCode.Unauthorized, late.StatusCode);
    }

    [Fact]
    public async Task Two_admins_cannot_take_the_role_from_each_other_at_the_same_time()
    {
        await using var api = new ApiFixture();
        await AccessTests.SignedUpAsync(api, "root", AccessRole.Admin, alone: true);
        for (var round = 0; round < 10; round++)
        {
            string[] admins = ["root", $"other-{round}", $"third-{round}"];
            await AccessTests.SignedUpAsync(api, admins[1], AccessRole.Admin);
            await AccessTests.SignedUpAsync(api, admins[2], AccessRole.Admin);

            // Each is taken away by the next one; half are deleted, half lose the role.
            var answers = await Task.WhenAll(admins.Select(async (admin, place) =>
            {
                using var answer = await AccessTests.SendAsync(
                    api, place == 1 ? "DELETE" : "PUT", $"/v1/ops/users/{admin}", AccessTests.Basic(admins[(place + 1) % 3], Password),
                    place == 1 ? null : """{"role":"read"}""");
                return answer.StatusCode;
            }));

            var users = await api.Services.GetRequiredService<AccessStore>().ReadUsersAsync(Token);
            Assert.True(users.Values.Any(user => user.Value.Role == AccessRole.Admin), string.Join(", ", answers));
            await MakeRootAloneAsync(api);
        }
    }

    [Fact]
    public async Task Starts_at_the_same_time_with_one_folder_leave_one_password_and_it_signs_in()
    {
        for (var round = 0; round < 5; round++)
        {
            await using var api = new ApiFixture();
            var users = await SettledUsersAsync(api);
            var accessStore = api.Services.GetRequiredService<AccessStore>();
            await accessStore.EditUserAsync("admin", users["admin"].Revision, null, "test", "deleted", Token);
            var first = api.Services.GetRequiredService<FirstAdmin>();
            var none = new Dictionary<string, WithRevision<AccessUser>>();

            var made = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => first.EnsureAsync(none, Token), Token)));

            Assert.Single(made, true);
            var files = api.Folder.EnumerateFiles("admin-password*").OrderBy(one => one.Name.Length).ToList();
            var file = files[0];
            Assert.Equal("admin-password", file.Name);

            // The other one is of the start before the admin was deleted.
            Assert.Equal(2, files.Count);
            Assert.Matches(@"^admin-password\.\d{8}T\d{6}Z$", files[1].Name);
            await api.Services.GetRequiredService<AccessDirectory>().RefreshAsync(Token);
            var password = (await File.ReadAllTextAsync(file.FullName, Token)).Trim();
            using var me = await AccessTests.SendAsync(api, "GET", "/v1/ops/me", AccessTests.Basic("admin", password));
            Assert.Equal(HttpStatusCode.OK, me.StatusCode);
        }
    }

    [Fact]
    public async Task A_store_that_was_emptied_gets_an_admin_again_without_a_start()
    {
        await using var api = new ApiFixture();
        var users = await SettledUsersAsync(api);
        var path = Path.Combine(api.Folder.FullName, "admin-password");
        var before = await File.ReadAllTextAsync(path, Token);
        await api.Services.GetRequiredService<AccessStore>().EditUserAsync(
            "admin", users["admin"].Revision, null, "test", "the store was emptied", Token);

        await api.Services.GetRequiredService<AccessDirectory>().RefreshAsync(Token);

        var after = await File.ReadAllTextAsync(path, Token);
        Assert.NotEqual(before, after);
        var kept = Assert.Single(api.Folder.EnumerateFiles("admin-password.2*"));
        Assert.Equal(before, await File.ReadAllTextAsync(kept.FullName, Token));
        using var old = await AccessTests.SendAsync(api, "GET", "/v1/ops/me", AccessTests.Basic("admin", before.Trim()));
        using var now = await AccessTests.SendAsync(api, "GET", "/v1/ops/me", AccessTests.Basic("admin", after.Trim()));
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.OK), (old.StatusCode, now.StatusCode));
    }

    private static async Task MakeRootAloneAsync(ApiFixture api)
    {
        var accessStore = api.Services.GetRequiredService<AccessStore>();
        foreach (var (name, user) in await accessStore.ReadUsersAsync(Token))
        {
            await accessStore.EditUserAsync(name, user.Revision, null, "test", "deleted", Token);
        }

        await accessStore.EditUserAsync(
            "root", 0, new() { Role = AccessRole.Admin, Password = new PasswordHasher(1000).Hash(Password) }, "test", "made", Token);
        await api.Services.GetRequiredService<AccessDirectory>().RefreshAsync(Token);
    }

    private static async Task<IReadOnlyDictionary<string, WithRevision<AccessUser>>> SettledUsersAsync(ApiFixture api)
    {
        await Eventually.IsAsync(() => api.Services.GetRequiredService<AccessDirectory>().Current is not null, Token);
        return api.Services.GetRequiredService<AccessDirectory>().Current!.Users;
    }

    private static async Task<(string Id, string Key)> KeyAsync(ApiFixture api, string body)
    {
        using var made = await AccessTests.SendAsync(api, "POST", "/v1/ops/keys", AccessTests.Basic("root", Password), body);
        var key = JsonDocument.Parse(await made.Content.ReadAsStringAsync(Token)).RootElement;
        return (key.GetProperty("id").GetString()!, key.GetProperty("key").GetString()!);
    }

    private static async Task<Stream> FollowAsync(ApiFixture api, string path, AuthenticationHeaderValue by)
    {
        var response = await AccessTests.SendAsync(api, "GET", path, by);
        Assert.Equal((HttpStatusCode.OK, "text/event-stream"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        return new(response, ReadAsync(response));
    }

    private static async Task ReadAsync(HttpResponseMessage response)
    {
        var buffer = new byte[4096];
        await using var body = await response.Content.ReadAsStreamAsync(Token);
        while (await body.ReadAsync(buffer, Token) > 0)
        {
        }
    }

    private sealed class Stream(HttpResponseMessage response, Task reading) : IDisposable
    {
        public bool HasEnded => reading.IsCompleted;

        public Task EndAsync() => reading.WaitAsync(Eventually.Limit, Token);

        public void Dispose() => response.Dispose();
    }
}
