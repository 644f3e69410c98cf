using Mdev.Sdk.VfioUser.Messages;

namespace Mdev.Sdk.VfioUser.Sessions;

/// <summary>
/// QEMU before 11.0 lays DMA_READ and DMA_WRITE out with a count of 4 bytes and data at once behind it, so that what a device writes would
/// arrive shifted. Nothing in VERSION tells. But it answers a write with a header alone, and QEMU 11 as the specification has it: a write
/// of no bytes, which changes nothing anywhere, tells before the first transfer.
/// </summary>
internal sealed partial class DmaMessages
{
    private enum Layout
    {
        /// <summary>As the specification has it.</summary>
        Specified,

        /// <summary>The client must be asked before the first transfer.</summary>
        Unknown,

        /// <summary>It has been asked, and transfers wait.</summary>
        Asked,

        /// <summary>Of QEMU before 11.0: nothing is read or written.</summary>
        Old,
    }

    private Layout _layout = mayBeOld ? Layout.Unknown : Layout.Specified;
    private DmaTransfer? _question;

    // A question instead of the first transfer, where its address is.
    private bool TryAskForLayout()
    {
        while (_queue.TryPeek(out DmaTransfer? first))
        {
            if (first.IsOver)
            {
                _queue.Dequeue();
                continue;
            }
            _question = new DmaTransfer { Command = Command.DmaWrite, Address = first.Address, Length = 0 };
            _layout = Layout.Asked;
            Write(FreeId(), new DmaRequest(_question, 0, 0));
            return true;
        }
        return false;
    }

    private void TakeLayout(in DmaRequest request, in MessageHeader header, ReadOnlySpan<byte> payload)
    {
        _question = null;
        _layout = Layout.Unknown;
        if ((header.Flags & MessageFlags.Error) != 0)
        {
            WarnOfError(request, (Errno)header.Error);
        }
        else if (payload.IsEmpty)
        {
            _layout = Layout.Old;
            SessionLog.DmaBeforeQemu11(device.Logger, device.Uuid);
        }
        else if (request.Message.IsWrittenBy(payload))
        {
            _layout = Layout.Specified;
            return;
        }
        else
        {
            WarnOfLayout(request);
        }

        // Whoever has waited for it; the next one asks again, unless it is clear.
        EndThose(static _ => true);
    }
}
