namespace Mdev.Devices;

/// <summary>0x1c, what became of the last copy.</summary>
public enum CopierStatus : uint
{
    Idle,
    Busy,
    Done,
    Failed,
}

/// <summary>From where, to where, how much; and a doorbell that begins.</summary>
[RegisterBlock(0x1000, Bus = AccessWidth.Qword, Min = AccessWidth.Dword, Max = AccessWidth.Qword)]
public sealed partial class CopierRegisters(Copier card)
{
    private const uint Most = 16 << 20;

    [Register(0x00)] public partial ulong Source { get; set; }
    [Register(0x08)] public partial ulong Destination { get; set; }
    [Register(0x10)] public partial uint Length { get; set; }

    [OnWrite(0x18, Name = "Doorbell")]
    private void Ring(uint value)
    {
        if (Status == CopierStatus.Busy || Length > Most)
            return;
        Status = CopierStatus.Busy;
        (ulong source, ulong destination, int length) = (Source, Destination, (int)Length);
        card.Post(token => CopyAsync(source, destination, length, token));
    }

    [Register(0x1c, Access = Access.RO)] public partial CopierStatus Status { get; set; }

    private async Task CopyAsync(ulong source, ulong destination, int length, CancellationToken token)
    {
        byte[] block = new byte[length];
        bool copied = await card.Memory.ReadAsync(source, block, token)
            && await card.Memory.WriteAsync(destination, block, token);
        card.Post(() => Status = copied ? CopierStatus.Done : CopierStatus.Failed);
    }
}
