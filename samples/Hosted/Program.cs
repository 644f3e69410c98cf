using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings
{
    Args = args,
    ContentRootPath = AppContext.BaseDirectory,
});
builder.Services.AddSingleton(TimeProvider.System);
builder.Services.AddMdev().AddParent<ClockParent>("clock0");
builder.Services.AddHealthChecks().AddMdev();
builder.Build().Run();

/// <summary>Cards that tell the time; the container says whose.</summary>
[MdevParent("clock", Capacity = 16)]
public sealed partial class ClockParent(TimeProvider time) : MdevParent<ClockDevice, TimeSpan>
{
    [MdevType("utc", "Coordinated universal time")] public static TimeSpan Utc => TimeSpan.Zero;
    [MdevType("tai", "International atomic time")] public static TimeSpan Tai => TimeSpan.FromSeconds(37);

    public TimeProvider Time => time;
}

/// <summary>Class 08 03: a base system peripheral, real-time clock.</summary>
[PciDevice(0x1234, 0xc10c, Class = 0x08_03_00)]
public sealed partial class ClockDevice(TimeSpan ahead, ClockParent parent) : PciDevice
{
    [Bar(0, BarKind.Memory32)] public ClockRegisters Registers { get; } = new(() => parent.Time.GetUtcNow() + ahead);
}

/// <summary>Reading SECONDS keeps the rest of the same moment: SECONDS_HIGH and NANOSECONDS.</summary>
[RegisterBlock(16)]
public sealed partial class ClockRegisters(Func<DateTimeOffset> now)
{
    [Register(0x4, Mask = 0)] public partial uint SecondsHigh { get; set; }
    [Register(0x8, Mask = 0)] public partial uint Nanoseconds { get; set; }

    [OnRead(0x0)]
    private uint Seconds()
    {
        (long seconds, long ticks) = Math.DivRem((now() - DateTimeOffset.UnixEpoch).Ticks, TimeSpan.TicksPerSecond);
        (SecondsHigh, Nanoseconds) = ((uint)(seconds >> 32), (uint)ticks * 100);
        return (uint)seconds;
    }
}
