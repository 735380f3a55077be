using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Rates.Settings;
using Rates.Store;

namespace Rates.Api;

/// <summary>Runs the Api's web application; when it cannot start, prints the reason in one line.</summary>
public static class ApiStart
{
    /// <summary>
    /// Runs until stopped. Returns 0 after a normal end, 1 when it could not start; the reason is then on the error output.
    /// </summary>
    /// <param name="create">Builds the application.</param>
    public static async Task<int> RunAsync(Func<WebApplication> create)
    {
        WebApplication? app = null;
        var address = "";
        try
        {
            app = create();
            address = app.Configuration["urls"] ?? "";
            var end = new HostShutdown(app.Services);
            await app.StartAsync();
            await app.WaitForShutdownAsync();
            return end.Failure is { } failure ? Refuse(failure) : 0;
        }
        catch (OperationCanceledException) when (app?.Lifetime.ApplicationStopping.IsCancellationRequested == true)
        {
            // It was told to stop before it had started.
            return 0;
        }
        catch (Exception invalid) when (SettingsCheck.Message(invalid) is { } problems)
        {
            return Refuse(problems);
        }
        catch (IOException unbound) when (unbound.InnerException is AddressInUseException)
        {
            // Kestrel's own message names the address.
            return Refuse($"{unbound.Message.TrimEnd('.')}. End the other program, or choose another with --urls http://127.0.0.1:PORT");
        }
        catch (SocketException refused)
        {
            return Refuse($"Cannot listen on {address}: {refused.Message}. Choose another address with --urls http://127.0.0.1:PORT");
        }
        catch (ArgumentOutOfRangeException wrong) when (wrong.ParamName == "port")
        {
            return Refuse($"{address} has a port outside 0 to 65535");
        }
        catch (InvalidDataException file)
        {
            return Refuse(SettingsCheck.WithCauses(file));
        }
        catch (Exception wrong) when (wrong is StoreUnavailableException or FormatException or InvalidOperationException)
        {
            return Refuse(wrong.Message);
        }
        finally
        {
            if (app is not null)
            {
                // Stop before dispose, also after a failed start: hosted services treat a dispose without a stop as a crash.
                await app.StopAsync();
                await app.DisposeAsync();
            }
        }
    }

    private static int Refuse(string why)
    {
        Console.Error.WriteLine($"Rates cannot start: {why}");
        return 1;
    }
}
