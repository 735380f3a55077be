using System.Text.Json;
using var http = new HttpClient();
using var answer = JsonDocument.Parse(
    await http.GetStringAsync("http://127.0.0.1:5080/v1/convert?from=EUR&to=USD&amount=100&providers=ecb"));
Console.WriteLine(answer.RootElement.GetProperty("result").GetDecimal());
