using Mdev.Sdk.VfioUser.Messages;

namespace Mdev.Sdk.VfioUser.Sessions;

/// <summary>What a client answers wrongly: one line for the operator, the rest for whoever debugs.</summary>
internal sealed partial class DmaMessages
{
    private bool _warned;

    private void WarnOfError(in DmaRequest request, Errno error)
    {
        Command command = request.Transfer.Command;
        if (_warned)
            SessionLog.DmaRefusedAgain(device.Logger, device.Uuid, command, request.Message.Address, request.Count, error);
        else
            SessionLog.DmaRefused(device.Logger, device.Uuid, command, request.Message.Address, request.Count, error);
        _warned = true;
    }

    private void WarnOfLayout(in DmaRequest request, ReadOnlySpan<byte> payload)
    {
        if (_warned)
            return;
        _warned = true;
        if (request.Transfer.Command == Command.DmaRead && request.Message.IsReadAsBeforeQemu11(payload))
            SessionLog.DmaBeforeQemu11(device.Logger, device.Uuid);
        else
            SessionLog.DmaReplyMalformed(device.Logger, device.Uuid, request.Transfer.Command, request.Message.Address, request.Count);
    }
}
