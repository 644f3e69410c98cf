using Mdev.Sdk.VfioUser.Messages;

namespace Mdev.Sdk.VfioUser.Sessions;

/// <summary>One read or write of device code's: as many requests as its length takes. On the lock of <see cref="DmaMessages"/>.</summary>
internal sealed class DmaTransfer() : TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously)
{
    public required Command Command { get; init; }

    public required ulong Address { get; init; }

    public required int Length { get; init; }

    /// <summary>Receives what is read. Never touched once this is over: it is the caller's again.</summary>
    public Memory<byte> Destination { get; init; }

    /// <summary>What is written. Never touched once this is over.</summary>
    public ReadOnlyMemory<byte> Source { get; init; }

    /// <summary>Bytes that requests have been made for.</summary>
    public int Asked { get; set; }

    /// <summary>Bytes that the client has answered for.</summary>
    public int Answered { get; set; }

    /// <summary>Requests that the client has not answered yet.</summary>
    public int InFlight { get; set; }

    /// <summary>Whether it stands in the queue of those with requests to be made.</summary>
    public bool IsQueued { get; set; }

    /// <summary>Whether its result is known; replies may still come.</summary>
    public bool IsOver { get; set; }

    /// <summary>When the client last answered, or it began.</summary>
    public long LastProgress { get; set; }

    public CancellationTokenRegistration Cancellation { get; set; }

    public bool Overlaps(ulong address, ulong size) =>
        size != 0 && Address <= address + (size - 1) && address <= Address + ((ulong)Length - 1);
}
