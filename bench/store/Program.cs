using System.Globalization;
using Rates.Store.Bench;

// The parts of bench/store/run.sh that need the store itself. STORE is the address of a Redis server, or a folder for SQLite.
if (args is not [var what and ("sheets" or "history" or "load" or "serve" or "visible"), var where, .. var numbers]
    || !numbers.All(number => int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out _)))
{
    Console.Error.WriteLine(
        "usage: Rates.Store.Bench sheets STORE PROVIDERS | history STORE PROVIDERS YEARS QUOTES [MOST-QUOTES] | load STORE YEARS | "
        + "serve FOLDER PORT | visible REDIS TIMES");
    return 2;
}

int[] count = [.. numbers.Select(number => int.Parse(number, CultureInfo.InvariantCulture))];
switch (what, count)
{
    case ("sheets", [var providers]):
        await MadeUpRates.WriteSheetsAsync(where, providers);
        return 0;
    case ("history", [var providers, var years, var quotes, .. var most]) when most.Length < 2:
        Console.WriteLine(await MadeUpRates.WriteHistoryAsync(where, providers, years, quotes, most is [var last] ? last : quotes));
        return 0;
    case ("load", [var years]):
        await Loading.PrintAsync(where, years);
        return 0;
    case ("serve", [var port]):
        await ApiServer.Over($"http://127.0.0.1:{port}", ("Rates:DataFolder", where)).RunAsync();
        return 0;
    case ("visible", [var times]):
        await Visibility.PrintAsync(where, times);
        return 0;
    default:
        Console.Error.WriteLine($"{what}: wrong number of arguments");
        return 2;
}
