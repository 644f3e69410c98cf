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

    private void WarnOfLayout(in DmaRequest request)
    {
        if (!_warned)
            SessionLog.DmaReplyMalformed(device.Logger, device.Uuid, request.Transfer.Command, request.Message.Address, request.Count);
        _warned = true;
    }
}
