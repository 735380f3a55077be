using System.Net;
using Rates.Store;
using Rates.Testing;

namespace Rates.Api.Tests;

/// <summary>The first admin: a generated password, or one of a file.</summary>
public sealed partial class AccessTests
{
    [Fact]
    public async Task The_first_start_writes_a_password_that_only_its_owner_reads_and_that_signs_in()
    {
        await using var api = new ApiFixture();
        await ReadyAsync(api);
        var path = Path.Combine(api.Folder.FullName, "admin-password");

        var password = (await File.ReadAllTextAsync(path, Token)).Trim();
        using var me = await SendAsync(api, "GET", "/v1/ops/me", Basic("admin", password));

        Assert.Equal("""{"name":"admin","role":"admin"}""", await me.Content.ReadAsStringAsync(Token));
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(path) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
        Assert.Equal(32, password.Length);
    }

    [Fact]
    public async Task The_password_of_a_configured_file_is_taken_over()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, Password + "\n", Token);
        await using var api = new ApiFixture(null, ("Rates:Access:AdminPasswordFile", file));
        await ReadyAsync(api);

        using var me = await SendAsync(api, "GET", "/v1/ops/me", Basic("admin", Password));

        Assert.Equal(HttpStatusCode.OK, me.StatusCode);
        Assert.False(File.Exists(Path.Combine(api.Folder.FullName, "admin-password")));
        File.Delete(file);
    }

    [Fact]
    public async Task Who_signs_in_before_the_users_are_read_waits_for_them()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, Password + "\n", Token);
        var released = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var api = new ApiFixture(null, ("Rates:Access:AdminPasswordFile", file)) { Change = Hold };

        var signingIn = SendAsync(api, "GET", "/v1/ops/me", Basic("admin", Password));
        using var other = await SendAsync(api, "GET", "/health/live");
        var isEarly = signingIn.IsCompleted;
        released.SetResult();
        using var me = await signingIn;

        Assert.Equal((HttpStatusCode.OK, false, HttpStatusCode.OK), (other.StatusCode, isEarly, me.StatusCode));
        File.Delete(file);

        // What operators stored answers nobody before it is released.
        void Hold(IServiceCollection services)
        {
            var all = services.Last(service => service.ServiceType == typeof(IOperatorDocuments)).ImplementationFactory!;
            services.AddSingleton<IOperatorDocuments>(provider =>
            {
                var documents = (IOperatorDocuments)all(provider);
                return new PassedDocuments(() => documents)
                {
                    Before = (call, token) => call == nameof(IOperatorDocuments.ReadDocumentsRevisionAsync)
                        ? released.Task.WaitAsync(token)
                        : Task.CompletedTask,
                };
            });
        }
    }
}
