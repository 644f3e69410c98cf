using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Mdev.Hosting.Tests;

/// <summary>The listings of docs/hosting.md, compiled; <see cref="ListingTests"/> compares them with the page.</summary>
internal static class Listings
{
    public static int OneParent(string[] args)
    {
return MdevProgram.Run(args, new LampParent(new Supply()));
    }

    public static int TwoParents(string[] args)
    {
return MdevProgram.Run(args,
    new LampParent(new Supply { Volts = 230 }) { Name = "lamp0" },
    new LampParent(new Supply { Volts = 12 }) { Name = "lamp1" });
    }

    public static void Hosted(string[] args)
    {
var builder = Host.CreateApplicationBuilder(args);
builder.Services.AddSingleton(new Supply());
builder.Services.AddMdev(o => o.RemoveDeadline = TimeSpan.FromSeconds(5))
    .AddParent<LampParent>("lamp0")
    .AddParent("lamp1", services => new LampParent(new Supply { Volts = 12 }));
builder.Services.AddHealthChecks().AddMdev();
builder.Build().Run();
    }
}

// A service of the program's own: the container gives it the bus and the host.
internal sealed class NightWatch(MdevBus bus, MdevHost host) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        bus.Changed += e => Console.WriteLine($"{e.Kind} {e.Parent.Name} {e.Instance?.Uuid}");

        MdevInstance lamp = bus.Create(bus.FindType("lamp0", "lamp-2"), Guid.NewGuid());
        Console.WriteLine($"attach QEMU to {host.SocketOf(lamp.Uuid)}");

        await Task.Delay(TimeSpan.FromHours(8), stoppingToken);
        await bus.RemoveAsync(lamp.Uuid, RemoveMode.Request, TimeSpan.FromMinutes(1), stoppingToken);
    }
}
